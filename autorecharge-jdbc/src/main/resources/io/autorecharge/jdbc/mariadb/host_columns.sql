-- The columns that a table of the host gets. Each is added with a constant default, so no row is rewritten. (MariaDB reads what stands in the
-- comments of the statements, MySQL, which knows no "if not exists" of columns, does not.)

-- 'auto_recharge_enabled' column to {accounts} table
alter table {accounts} add column /*M! if not exists */ auto_recharge_enabled boolean default false not null;

-- 'auto_recharge_credits' column to {accounts} table
alter table {accounts} add column /*M! if not exists */ auto_recharge_credits integer null;

-- 'auto_recharge_threshold' column to {accounts} table
alter table {accounts} add column /*M! if not exists */ auto_recharge_threshold double precision default 10.0 not null;

-- 'stripe_customer_id' column to {accounts} table
alter table {accounts} add column /*M! if not exists */ stripe_customer_id varchar(255) null;

-- 'stripe_payment_method_id' column to {accounts} table
alter table {accounts} add column /*M! if not exists */ stripe_payment_method_id varchar(255) null;
