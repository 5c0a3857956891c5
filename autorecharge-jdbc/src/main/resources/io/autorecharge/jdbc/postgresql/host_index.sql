-- What the sweep finds the enabled accounts by. Debits change nothing that it holds, so their updates stay on the page (HOT). It is built
-- while others write, which no transaction may contain. A build that was broken off leaves an invalid index, which is to be dropped.

-- 'auto_recharge_enabled_accounts' index on {accounts} table
create index concurrently if not exists auto_recharge_enabled_accounts on {accounts} ({id}) where auto_recharge_enabled;
