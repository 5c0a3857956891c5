-- How far and until when an account may be overdrawn after a decline. Every new column may be null.

-- 'grace_since' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ grace_since datetime(6) null;

-- 'grace_until' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ grace_until datetime(6) null;

-- 'grace_credits' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ grace_credits numeric(19, 6) null;

-- 'grace_card' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ grace_card varchar(255) null;

-- 'grace_stage' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ grace_stage varchar(20) null;

-- 'grace_account' column to auto_recharge_cards table
alter table auto_recharge_cards add column /*M! if not exists */ grace_account varchar(255) null;
