-- What the sweep finds the enabled accounts by.

-- 'auto_recharge_enabled_accounts' index on {accounts} table
create index if not exists auto_recharge_enabled_accounts on {accounts} (auto_recharge_enabled, {id});
