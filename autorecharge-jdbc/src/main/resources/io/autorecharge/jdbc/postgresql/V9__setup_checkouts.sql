-- Checkouts that add a payment method and sell nothing. The new column may be null: a checkout of before is a purchase.

-- 'saves' column to auto_recharge_checkouts table
alter table auto_recharge_checkouts add column if not exists saves varchar(16) null;
