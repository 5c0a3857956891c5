-- Refunds and disputes of payments, as far as their money has gone, and checkouts that pay a recharge whose customer had to be present.

-- 'auto_recharge_reversals' table
create table if not exists auto_recharge_reversals (
    account_id varchar(255) not null,
    provider_reference varchar(255) not null,
    id varchar(255) not null,
    kind varchar(20) not null,
    taken_minor bigint not null,
    returned_minor bigint not null,
    currency varchar(3) not null,
    primary key (account_id, provider_reference, id)
);

-- 'auto_recharge_recoveries' table
create table if not exists auto_recharge_recoveries (
    account_id varchar(255) not null,
    checkout_id varchar(255) not null,
    attempt_id varchar(255) not null,
    primary key (account_id, checkout_id)
);
