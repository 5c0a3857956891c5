SELECT u.email, ct.amount, ct.balance_after, ct.description, ct.created_at
FROM credit_transactions ct
JOIN users u ON ct.user_id = u.id
WHERE ct.description LIKE '%Auto-recharge%'
ORDER BY ct.created_at DESC
LIMIT 10;
