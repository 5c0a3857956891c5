-- Payment methods beside the primary one, and how many of them one recharge may try. Every new column has a default or may be null.

-- 'auto_recharge_methods' table
create table if not exists auto_recharge_methods (
    account_id varchar(255) not null,
    method_id varchar(255) not null,
    place integer not null,
    brand varchar(255) null,
    last4 varchar(255) null,
    fingerprint varchar(255) null,
    type varchar(40) null,
    expiry varchar(7) null,
    declines integer not null,
    retry_at timestamp with time zone null,
    stop_reason varchar(40) null,
    stopped_at timestamp with time zone null,
    primary key (account_id, method_id)
);

-- 'backups' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists backups integer default 0 not null;

-- 'method_type' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists method_type varchar(40) null;

-- 'method_expiry' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists method_expiry varchar(7) null;

-- 'max_attempts' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column if not exists max_attempts integer default 1 not null;
