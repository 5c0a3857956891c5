-- What a ledger gets that the host had before. Its rows stay as they are, without a sequence, and the library does not read them. The
-- sequence comes first: a ledger without one is the host's still.

-- 'seq' column to credit_transactions table
alter table credit_transactions add column /*M! if not exists */ seq bigint null;

-- 'type' column to credit_transactions table
alter table credit_transactions add column /*M! if not exists */ type varchar(20) character set utf8mb4 collate utf8mb4_bin null;

-- 'category' column to credit_transactions table
alter table credit_transactions add column /*M! if not exists */ category varchar(20) character set utf8mb4 collate utf8mb4_bin null;

-- 'reference' column to credit_transactions table
alter table credit_transactions add column /*M! if not exists */ reference varchar(300) character set utf8mb4 collate utf8mb4_bin null;

-- 'linked_to' column to credit_transactions table
alter table credit_transactions add column /*M! if not exists */ linked_to varchar(300) character set utf8mb4 collate utf8mb4_bin null;

-- 'credit_transactions_seq' index on credit_transactions table
create unique index /*M! if not exists */ credit_transactions_seq on credit_transactions (user_id, seq);

-- 'credit_transactions_reference' index on credit_transactions table
create unique index /*M! if not exists */ credit_transactions_reference on credit_transactions (user_id, reference);
