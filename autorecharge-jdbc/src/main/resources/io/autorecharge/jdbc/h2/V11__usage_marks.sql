-- How fast accounts use their credits, for a smart threshold. Every new column has a default or may be null.

-- 'auto_recharge_usage_marks' table
create table if not exists auto_recharge_usage_marks (
    account_id varchar(255) not null,
    marked_at timestamp with time zone not null,
    ledger_seq bigint not null,
    balance numeric(19, 6) not null,
    credited numeric(19, 6) not null,
    primary key (account_id, marked_at)
);

-- 'credited' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists credited numeric(19, 6) default 0 not null;

-- 'usage_per_hour' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists usage_per_hour numeric(19, 6) null;

-- 'usage_measured_at' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists usage_measured_at timestamp with time zone null;

-- 'threshold_raise' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists threshold_raise numeric(19, 6) null;

-- 'threshold_raise_max' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists threshold_raise_max numeric(19, 6) null;
