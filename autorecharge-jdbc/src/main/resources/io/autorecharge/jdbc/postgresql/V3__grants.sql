-- Credits that are owed to a ledger elsewhere. Empty where the ledger is our own.

-- 'auto_recharge_grants' table
create table if not exists auto_recharge_grants (
    account_id varchar(255) not null,
    seq bigint not null,
    type varchar(20) not null,
    category varchar(20) null,
    amount numeric(19, 6) not null,
    description varchar(500) not null,
    reference varchar(300) not null,
    linked_to varchar(300) null,
    created_at timestamp with time zone not null,
    tries integer not null,
    deliver_at timestamp with time zone not null,
    delivered_at timestamp with time zone null,
    primary key (account_id, seq),
    constraint auto_recharge_grants_reference unique (account_id, reference)
);

-- 'auto_recharge_grants_pending' index
create index if not exists auto_recharge_grants_pending on auto_recharge_grants (account_id, seq) where delivered_at is null;
