-- What users agreed to, and what packages cost. Every new column has a default or may be null.

-- 'auto_recharge_consents' table
create table if not exists auto_recharge_consents (
    account_id varchar(255) not null,
    consent_number integer not null,
    kind varchar(40) not null,
    version varchar(255) not null,
    text_hash varchar(64) null,
    package_credits integer null,
    package_bonus numeric(19, 6) null,
    price_minor bigint null,
    price_currency varchar(3) null,
    max_minor bigint null,
    max_currency varchar(3) null,
    threshold numeric(19, 6) null,
    purchases integer null,
    purchase_window bigint null,
    month_minor bigint null,
    month_currency varchar(3) null,
    methods varchar(2600) not null,
    source varchar(40) not null,
    actor varchar(255) not null,
    given_at datetime(6) not null,
    primary key (account_id, consent_number)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 'auto_recharge_first_prices' table
create table if not exists auto_recharge_first_prices (
    package_credits integer not null,
    package_bonus numeric(19, 6) not null,
    price_minor bigint not null,
    price_currency varchar(3) not null,
    recorded_at datetime(6) not null,
    primary key (package_credits)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;

-- 'consents' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ consents integer default 0 not null;

-- 'consent_number' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ consent_number integer null;

-- 'agreed_credits' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ agreed_credits integer null;

-- 'agreed_bonus' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ agreed_bonus numeric(19, 6) null;

-- 'agreed_minor' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ agreed_minor bigint null;

-- 'agreed_currency' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ agreed_currency varchar(3) null;

-- 'agreed_at' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ agreed_at datetime(6) null;

-- 'agreed_max_minor' column to auto_recharge_state table
alter table auto_recharge_state add column /*M! if not exists */ agreed_max_minor bigint null;

-- 'consent_number' column to auto_recharge_recharges table
alter table auto_recharge_recharges add column /*M! if not exists */ consent_number integer null;

-- 'agreed_credits' column to auto_recharge_outbox table
alter table auto_recharge_outbox add column /*M! if not exists */ agreed_credits integer null;

-- 'agreed_bonus' column to auto_recharge_outbox table
alter table auto_recharge_outbox add column /*M! if not exists */ agreed_bonus numeric(19, 6) null;

-- 'agreed_minor' column to auto_recharge_outbox table
alter table auto_recharge_outbox add column /*M! if not exists */ agreed_minor bigint null;

-- 'agreed_currency' column to auto_recharge_outbox table
alter table auto_recharge_outbox add column /*M! if not exists */ agreed_currency varchar(3) null;
