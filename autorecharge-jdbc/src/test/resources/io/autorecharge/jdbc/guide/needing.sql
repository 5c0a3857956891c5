SELECT id, email, credits, auto_recharge_threshold, auto_recharge_credits
FROM users
WHERE auto_recharge_enabled = TRUE
  AND credits < auto_recharge_threshold
  AND stripe_customer_id IS NOT NULL
  AND stripe_payment_method_id IS NOT NULL;
