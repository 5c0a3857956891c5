-- Who this installation is at the provider, stops and limits over all accounts, cards that several accounts may share, and ledger entries
-- that the database refused. Nodes of the version before can still settle after this, but they cannot claim: they know none of it.

-- 'auto_recharge_installation' table
create table if not exists auto_recharge_installation (
    singleton integer not null,
    id varchar(64) not null,
    database_identity varchar(1000) null,
    server_identity varchar(1000) null,
    key_mode varchar(20) null,
    created_at timestamp with time zone not null,
    bound_at timestamp with time zone null,
    seen_at timestamp with time zone null,
    primary key (singleton)
);

-- 'auto_recharge_pause' table
create table if not exists auto_recharge_pause (
    singleton integer not null,
    reason varchar(500) null,
    actor varchar(255) null,
    since timestamp with time zone null,
    primary key (singleton)
);

-- 'auto_recharge_pause' row
insert into auto_recharge_pause (singleton)
select 0
where not exists (select 1 from auto_recharge_pause p where p.singleton = 0);

-- 'auto_recharge_spending' table
create table if not exists auto_recharge_spending (
    slice integer not null,
    period varchar(10) not null,
    currency varchar(3) not null,
    period_start timestamp with time zone not null,
    amount_minor bigint not null,
    primary key (slice, period, currency)
);

-- 'auto_recharge_cards' table
create table if not exists auto_recharge_cards (
    fingerprint varchar(255) not null,
    stop_reason varchar(40) null,
    stopped_at timestamp with time zone null,
    primary key (fingerprint)
);

-- 'auto_recharge_card_attempts' table
create table if not exists auto_recharge_card_attempts (
    fingerprint varchar(255) not null,
    attempt_id varchar(255) not null,
    account_id varchar(255) not null,
    opened_at timestamp with time zone not null,
    primary key (fingerprint, account_id, attempt_id)
);

-- 'auto_recharge_owed_entries' table
create table if not exists auto_recharge_owed_entries (
    account_id varchar(255) not null,
    provider_reference varchar(255) not null,
    captured_minor bigint not null,
    currency varchar(3) not null,
    purchase varchar(20) null,
    credits numeric(19, 6) null,
    bonus numeric(19, 6) null,
    booked_minor bigint not null,
    cause varchar(20) null,
    written_off numeric(19, 6) not null,
    written_off_bonus numeric(19, 6) not null,
    since timestamp with time zone not null,
    tries integer not null,
    next_at timestamp with time zone null,
    problem varchar(1000) null,
    primary key (account_id, provider_reference)
);

-- 'entries_owed_at' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists entries_owed_at timestamp with time zone null;

-- 'stamped_customer' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists stamped_customer varchar(255) null;

-- 'consent_max_minor' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists consent_max_minor bigint null;

-- 'consent_max_currency' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists consent_max_currency varchar(3) null;

-- 'consent_source' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists consent_source varchar(20) null;

-- 'requested_credits' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists requested_credits numeric(19, 6) null;

-- 'requested_until' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists requested_until timestamp with time zone null;

-- 'not_saved_since' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists not_saved_since timestamp with time zone null;

-- 'consent_max_minor' column to auto_recharge_checkouts table
alter table auto_recharge_checkouts add column if not exists consent_max_minor bigint null;

-- 'consent_max_currency' column to auto_recharge_checkouts table
alter table auto_recharge_checkouts add column if not exists consent_max_currency varchar(3) null;

-- 'refusals' column to auto_recharge_attempts table
alter table auto_recharge_attempts add column if not exists refusals integer default 0 not null;

-- 'installation_id' column to auto_recharge_checkouts table
alter table auto_recharge_checkouts add column if not exists installation_id varchar(64) default '' not null;

-- 'installation_id' column to auto_recharge_attempts table
alter table auto_recharge_attempts add column if not exists installation_id varchar(64) default '' not null;

-- 'installation_id' default
alter table auto_recharge_attempts alter column installation_id drop default;

-- A sum over what an attempt or checkout was opened with, for the verification. '' and 'none': opened before the upgrade.

-- 'seal' column to auto_recharge_checkouts table
alter table auto_recharge_checkouts add column if not exists seal varchar(64) default '' not null;

-- 'seal' column to auto_recharge_attempts table
alter table auto_recharge_attempts add column if not exists seal varchar(64) default 'none' not null;

-- 'seal' default
alter table auto_recharge_attempts alter column seal drop default;

-- 'credit_accounts_customer' index
create index if not exists credit_accounts_customer on credit_accounts (stripe_customer_id);

-- 'auto_recharge_card_attempts' rows
insert into auto_recharge_card_attempts (fingerprint, attempt_id, account_id, opened_at)
select coalesce(a.fingerprint, a.payment_method_id), a.id, a.account_id, a.first_sent_at
from auto_recharge_attempts a
where a.state in ('OPEN', 'DECLINED', 'ACTION_REQUIRED')
  and a.first_sent_at > dateadd(day, -30, current_timestamp)
  and not exists (
    select 1 from auto_recharge_card_attempts c
    where c.fingerprint = coalesce(a.fingerprint, a.payment_method_id) and c.attempt_id = a.id);

-- 'auto_recharge_cards' rows
insert into auto_recharge_cards (fingerprint, stop_reason, stopped_at)
select s.suspended_fingerprint, 'HARD_DECLINE', max(s.suspended_since)
from auto_recharge_state s
where s.suspension_reason = 'HARD_DECLINE'
  and s.suspended_fingerprint is not null
  and not exists (select 1 from auto_recharge_cards c where c.fingerprint = s.suspended_fingerprint)
group by s.suspended_fingerprint;
