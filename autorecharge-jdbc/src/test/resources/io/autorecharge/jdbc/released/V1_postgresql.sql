-- Accounts, ledger and recharges on PostgreSQL. Free space in the pages of the hot rows keeps their updates on the page (HOT).

-- 'credit_accounts' table
create table if not exists credit_accounts (
    id varchar(255) not null,
    email varchar(320) null,
    credits numeric(19, 6) default 0 not null,
    auto_recharge_enabled boolean default false not null,
    auto_recharge_credits integer null,
    auto_recharge_threshold numeric(19, 6) default 10 not null,
    stripe_customer_id varchar(255) null,
    stripe_payment_method_id varchar(255) null,
    ledger_seq bigint default 0 not null,
    created_at timestamp with time zone default current_timestamp not null,
    primary key (id)
) with (fillfactor = 80);

-- 'credit_accounts_enabled' index
create index if not exists credit_accounts_enabled on credit_accounts (id) where auto_recharge_enabled;

-- 'credit_transactions' table
create table if not exists credit_transactions (
    user_id varchar(255) not null,
    seq bigint not null,
    type varchar(20) not null,
    category varchar(20) null,
    amount numeric(19, 6) not null,
    balance_after numeric(19, 6) not null,
    description varchar(500) not null,
    reference varchar(300) not null,
    linked_to varchar(300) null,
    created_at timestamp with time zone not null,
    primary key (user_id, seq),
    constraint credit_transactions_reference unique (user_id, reference)
);

-- 'auto_recharge_state' table
create table if not exists auto_recharge_state (
    account_id varchar(255) not null,
    due_at timestamp with time zone null,
    consent_version varchar(255) null,
    consent_at timestamp with time zone null,
    suspension_reason varchar(40) null,
    suspended_since timestamp with time zone null,
    suspended_fingerprint varchar(255) null,
    declines integer default 0 not null,
    retry_at timestamp with time zone null,
    last_opened_at timestamp with time zone null,
    enabling_bonus_at timestamp with time zone null,
    method_brand varchar(255) null,
    method_last4 varchar(255) null,
    method_fingerprint varchar(255) null,
    primary key (account_id)
) with (fillfactor = 90);

-- 'auto_recharge_state_due' index
create index if not exists auto_recharge_state_due on auto_recharge_state (due_at) where due_at is not null;

-- 'auto_recharge_recharges' table
create table if not exists auto_recharge_recharges (
    account_id varchar(255) not null,
    id varchar(255) not null,
    triggered_by varchar(20) not null,
    state varchar(20) not null,
    package_credits integer not null,
    credits numeric(19, 6) not null,
    bonus numeric(19, 6) not null,
    price_minor bigint not null,
    price_currency varchar(3) not null,
    balance numeric(19, 6) not null,
    opened_at timestamp with time zone not null,
    closed_at timestamp with time zone null,
    primary key (account_id, id)
);

-- 'auto_recharge_one_open' index
create unique index if not exists auto_recharge_one_open on auto_recharge_recharges (account_id) where state = 'OPEN';

-- 'auto_recharge_recharges_opened' index
create index if not exists auto_recharge_recharges_opened on auto_recharge_recharges (account_id, opened_at);

-- 'auto_recharge_attempts' table
create table if not exists auto_recharge_attempts (
    account_id varchar(255) not null,
    id varchar(255) not null,
    recharge_id varchar(255) not null,
    attempt_number integer not null,
    customer_id varchar(255) not null,
    payment_method_id varchar(255) not null,
    fingerprint varchar(255) null,
    amount_minor bigint not null,
    amount_currency varchar(3) not null,
    description varchar(1000) not null,
    state varchar(20) not null,
    sends integer not null,
    looks integer not null,
    in_doubt boolean not null,
    first_sent_at timestamp with time zone not null,
    last_sent_at timestamp with time zone not null,
    look_at timestamp with time zone not null,
    provider_reference varchar(255) null,
    detail varchar(1000) null,
    closed_at timestamp with time zone null,
    primary key (account_id, id),
    constraint auto_recharge_attempts_number unique (account_id, recharge_id, attempt_number)
);

-- 'auto_recharge_checkouts' table
create table if not exists auto_recharge_checkouts (
    account_id varchar(255) not null,
    id varchar(255) not null,
    session_id varchar(255) null,
    credits integer not null,
    price_minor bigint not null,
    price_currency varchar(3) not null,
    enables boolean not null,
    consent_version varchar(255) null,
    consent_at timestamp with time zone null,
    state varchar(20) not null,
    created_at timestamp with time zone not null,
    look_at timestamp with time zone null,
    looks integer not null,
    provider_reference varchar(255) null,
    primary key (account_id, id)
);

-- 'auto_recharge_checkouts_open' index
create index if not exists auto_recharge_checkouts_open on auto_recharge_checkouts (account_id, created_at) where state = 'OPEN';

-- 'auto_recharge_webhook_events' table
create table if not exists auto_recharge_webhook_events (
    event_id varchar(255) not null,
    type varchar(255) not null,
    handled_at timestamp with time zone not null,
    primary key (event_id)
);

-- 'auto_recharge_outbox' table
create table if not exists auto_recharge_outbox (
    account_id varchar(255) not null,
    event_id varchar(400) not null,
    type varchar(40) not null,
    happened_at timestamp with time zone not null,
    subject varchar(400) null,
    credits numeric(19, 6) null,
    bonus numeric(19, 6) null,
    amount_minor bigint null,
    amount_currency varchar(3) null,
    balance numeric(19, 6) null,
    reason varchar(1000) null,
    until_at timestamp with time zone null,
    delivered_at timestamp with time zone null,
    primary key (account_id, event_id)
);

-- 'auto_recharge_outbox_waiting' index
create index if not exists auto_recharge_outbox_waiting on auto_recharge_outbox (happened_at, event_id) where delivered_at is null;

-- 'auto_recharge_outbox_event' index
create index if not exists auto_recharge_outbox_event on auto_recharge_outbox (event_id) where delivered_at is null;
