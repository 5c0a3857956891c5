-- Ties the ledger to the accounts, where the host wants that.

-- 'credit_transactions_user' foreign key to credit_transactions table
alter table credit_transactions add constraint if not exists credit_transactions_user foreign key (user_id) references {accounts} ({id});
