-- What the sweep finds the enabled accounts by. Built while others write.

-- 'auto_recharge_enabled_accounts' index on {accounts} table
create index /*M! if not exists */ auto_recharge_enabled_accounts on {accounts} (auto_recharge_enabled, {id});
