-- What users decide for their own accounts besides the settings, and the last ledger entry of a recharge that left enough. Every new column may be null.

-- 'own_monthly_minor' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists own_monthly_minor bigint null;

-- 'own_monthly_currency' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists own_monthly_currency varchar(3) null;

-- 'idle_seq' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists idle_seq bigint null;
