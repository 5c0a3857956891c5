-- What a ledger gets that the host had before. Its rows stay as they are, without a sequence, and the library does not read them. The
-- sequence comes first: a ledger without one is the host's still.

-- 'seq' column to credit_transactions table
alter table credit_transactions add column if not exists seq bigint null;

-- 'type' column to credit_transactions table
alter table credit_transactions add column if not exists type varchar(20) null;

-- 'category' column to credit_transactions table
alter table credit_transactions add column if not exists category varchar(20) null;

-- 'reference' column to credit_transactions table
alter table credit_transactions add column if not exists reference varchar(300) null;

-- 'linked_to' column to credit_transactions table
alter table credit_transactions add column if not exists linked_to varchar(300) null;

-- 'credit_transactions_seq' index on credit_transactions table
create unique index if not exists credit_transactions_seq on credit_transactions (user_id, seq);

-- 'credit_transactions_reference' index on credit_transactions table
create unique index if not exists credit_transactions_reference on credit_transactions (user_id, reference);
