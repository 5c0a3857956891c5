-- Ties the ledger to the accounts, where the host wants that.

-- 'credit_transactions_user' foreign key to credit_transactions table
alter table credit_transactions add constraint foreign key /*M! if not exists */ credit_transactions_user (user_id) references {accounts} ({id});
