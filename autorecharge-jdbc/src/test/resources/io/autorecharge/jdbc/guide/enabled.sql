SELECT id, email, auto_recharge_enabled, auto_recharge_credits,
       auto_recharge_threshold, credits
FROM users
WHERE auto_recharge_enabled = TRUE;
