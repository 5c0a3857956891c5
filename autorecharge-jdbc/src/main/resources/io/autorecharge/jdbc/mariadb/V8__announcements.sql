-- What customers are told before a charge, and what a recharge was announced with. Every new column may be null.

-- 'announced_at' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ announced_at datetime(6) null;

-- 'announced_for' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ announced_for datetime(6) null;

-- 'announced_max_minor' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ announced_max_minor bigint null;

-- 'announced_currency' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ announced_currency varchar(3) null;

-- 'announced_credits' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ announced_credits integer null;

-- 'announced_price_minor' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ announced_price_minor bigint null;

-- 'announced_cards' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ announced_cards varchar(2600) null;

-- 'announced_at' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column /*M! if not exists */ announced_at datetime(6) null;

-- 'announced_for' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column /*M! if not exists */ announced_for datetime(6) null;

-- 'announced_max_minor' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column /*M! if not exists */ announced_max_minor bigint null;

-- 'announced_currency' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column /*M! if not exists */ announced_currency varchar(3) null;

-- 'announced_credits' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column /*M! if not exists */ announced_credits integer null;

-- 'announced_price_minor' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column /*M! if not exists */ announced_price_minor bigint null;

-- 'announced_cards' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column /*M! if not exists */ announced_cards varchar(2600) null;
