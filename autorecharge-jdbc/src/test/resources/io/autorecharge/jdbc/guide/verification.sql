SELECT column_name, data_type, is_nullable, column_default
FROM information_schema.columns
WHERE table_name = 'users'
AND column_name IN (
    'auto_recharge_enabled',
    'auto_recharge_credits',
    'auto_recharge_threshold',
    'stripe_customer_id',
    'stripe_payment_method_id'
);
