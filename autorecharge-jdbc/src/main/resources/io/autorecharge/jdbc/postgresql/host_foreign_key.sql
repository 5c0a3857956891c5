-- Ties the ledger to the accounts, where the host wants that: first for new rows, then, while others write, for those of before.

-- 'credit_transactions_user' foreign key to credit_transactions table
alter table credit_transactions
    drop constraint if exists credit_transactions_user,
    add constraint credit_transactions_user foreign key (user_id) references {accounts} ({id}) not valid;

-- 'credit_transactions_user' foreign key check on credit_transactions table
alter table credit_transactions validate constraint credit_transactions_user;
