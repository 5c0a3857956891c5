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
    created_at datetime(6) not null,
    tries integer not null,
    deliver_at datetime(6) not null,
    delivered_at datetime(6) null,
    primary key (account_id, seq),
    constraint auto_recharge_grants_reference unique (account_id, reference),
    index auto_recharge_grants_pending (account_id, delivered_at, seq)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin;
