insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('busy', null, 121.000000, true, 100, 10.000000, 'cus_no2', 'pm_no2', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('buyer', null, 120.000000, true, 100, 10.000000, 'cus_no4', 'pm_no6', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('captured', null, 81.000001, true, 100, 10.000000, 'cus_no3', 'pm_no3', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('declined-insufficient_funds', null, 121.000000, true, 100, 10.000000, 'cus_no5', 'pm_no4', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('declined-lost_card', null, 1.000000, true, 100, 10.000000, 'cus_no6', 'pm_no5', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('lost', null, 121.000000, true, 100, 10.000000, 'cus_no1', 'pm_no1', 0, current_timestamp);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('busy', null, 'v1', timestamp with time zone '2026-03-02 09:00:00.100+00', null, null, null, 0, null, timestamp with time zone '2026-03-02 09:00:00.200+00', null, 'visa', '4242', 'sim15rtashshpu', 3, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('buyer', null, 'v1', timestamp with time zone '2026-03-02 09:00:00.300+00', null, null, null, 0, null, null, timestamp with time zone '2026-03-02 09:11:03+00', 'visa', '4242', 'sim15rtashshpu', 2, 0, 'card', '2039-12');
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('captured', null, 'v1', timestamp with time zone '2026-03-02 09:00:00.200+00', 'REFUNDED', timestamp with time zone '2026-03-02 09:11:01+00', null, 0, null, timestamp with time zone '2026-03-02 09:00:00.300+00', null, 'visa', '4242', 'sim15rtashshpu', 5, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('declined-insufficient_funds', null, 'v1', timestamp with time zone '2026-03-02 09:00:00.400+00', null, null, null, 0, null, timestamp with time zone '2026-03-04 09:11:03+00', null, 'visa', '4242', 'sim15rtashshpu', 3, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('declined-lost_card', null, 'v1', timestamp with time zone '2026-03-02 09:00:01.500+00', 'HARD_DECLINE', timestamp with time zone '2026-03-02 09:00:01.600+00', 'sim13dwgnqdpqs', 1, null, timestamp with time zone '2026-03-02 09:00:01.600+00', null, 'visa', '4242', 'sim13dwgnqdpqs', 1, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('lost', null, 'v1', timestamp with time zone '2026-03-02 09:00:00+00', null, null, null, 0, null, timestamp with time zone '2026-03-02 09:00:00.100+00', null, 'visa', '4242', 'sim15rtashshpu', 3, 0, null, null);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('busy', 'id-007', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:00:00.200+00', timestamp with time zone '2026-03-02 09:11:00+00', 1);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('captured', 'id-011', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:00:00.300+00', timestamp with time zone '2026-03-02 09:11:01+00', 1);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('declined-insufficient_funds', 'id-016', 'SWEEP', 'FAILED', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:00:00.500+00', timestamp with time zone '2026-03-02 09:00:00.500+00', 1);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('declined-insufficient_funds', 'id-501', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-04 09:11:03+00', timestamp with time zone '2026-03-04 09:11:03+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('declined-lost_card', 'id-020', 'SWEEP', 'FAILED', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:00:01.600+00', timestamp with time zone '2026-03-02 09:00:01.600+00', 1);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('lost', 'id-003', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:00:00.100+00', timestamp with time zone '2026-03-02 09:11:02+00', 1);
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('busy', 'id-008', 'id-007', 1, 'cus_no2', 'pm_no2', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 2, 1, false, timestamp with time zone '2026-03-02 09:00:00.200+00', timestamp with time zone '2026-03-02 09:11:00+00', timestamp with time zone '2026-03-02 09:13:00+00', 'pi_no4', 'paid', timestamp with time zone '2026-03-02 09:11:00+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('captured', 'id-012', 'id-011', 1, 'cus_no3', 'pm_no3', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 1, false, timestamp with time zone '2026-03-02 09:00:00.300+00', timestamp with time zone '2026-03-02 09:00:00.300+00', timestamp with time zone '2026-03-02 09:13:01+00', 'pi_no1', 'paid', timestamp with time zone '2026-03-02 09:11:01+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('declined-insufficient_funds', 'id-017', 'id-016', 1, 'cus_no5', 'pm_no4', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'DECLINED', 1, 0, false, timestamp with time zone '2026-03-02 09:00:00.500+00', timestamp with time zone '2026-03-02 09:00:00.500+00', timestamp with time zone '2026-03-02 09:02:00.500+00', 'pi_no2', 'insufficient_funds', timestamp with time zone '2026-03-02 09:00:00.500+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('declined-insufficient_funds', 'id-502', 'id-501', 1, 'cus_no5', 'pm_no4', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-04 09:11:03+00', timestamp with time zone '2026-03-04 09:11:03+00', timestamp with time zone '2026-03-04 09:13:03+00', 'pi_no5', 'paid', timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('declined-lost_card', 'id-021', 'id-020', 1, 'cus_no6', 'pm_no5', 'sim13dwgnqdpqs', 900, 'USD', 'Auto-recharge: 100 credits', 'DECLINED', 1, 0, false, timestamp with time zone '2026-03-02 09:00:01.600+00', timestamp with time zone '2026-03-02 09:00:01.600+00', timestamp with time zone '2026-03-02 09:02:01.600+00', 'pi_no3', 'lost_card', timestamp with time zone '2026-03-02 09:00:01.600+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('lost', 'id-004', 'id-003', 1, 'cus_no1', 'pm_no1', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 2, 1, false, timestamp with time zone '2026-03-02 09:00:00.100+00', timestamp with time zone '2026-03-02 09:11:02+00', timestamp with time zone '2026-03-02 09:13:02+00', 'pi_no6', 'paid', timestamp with time zone '2026-03-02 09:11:02+00');
insert into auto_recharge_checkouts (account_id, id, session_id, credits, price_minor, price_currency, enables, consent_version, consent_at, state, created_at, look_at, looks, provider_reference, saves)
values ('buyer', 'id-013', 'cs_test_no1', 100, 900, 'USD', true, 'v1', timestamp with time zone '2026-03-02 09:00:00.300+00', 'PAID', timestamp with time zone '2026-03-02 09:00:00.300+00', null, 1, 'pi_no7', null);
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('busy', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:00:00.100+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('busy', 2, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no4', null, timestamp with time zone '2026-03-02 09:11:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('busy', 3, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no4/bonus', 'autorecharge/pi_no4', timestamp with time zone '2026-03-02 09:11:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('buyer', 1, 'PURCHASE', 'PAID', 100.000000, 100.000000, 'Credit purchase: 100 credits', 'autorecharge/pi_no7', null, timestamp with time zone '2026-03-02 09:11:03+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('buyer', 2, 'BONUS', 'PROMOTIONAL', 20.000000, 120.000000, 'Purchase bonus: 20 credits', 'autorecharge/pi_no7/bonus', 'autorecharge/pi_no7', timestamp with time zone '2026-03-02 09:11:03+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('captured', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:00:00.200+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('captured', 2, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no1', null, timestamp with time zone '2026-03-02 09:11:01+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('captured', 3, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no1/bonus', 'autorecharge/pi_no1', timestamp with time zone '2026-03-02 09:11:01+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('captured', 4, 'REVERSAL', 'PAID', -33.333333, 87.666667, 'Payment reversed: 33.333333 credits', 'autorecharge/pi_no1/reversal/300-0', 'autorecharge/pi_no1', timestamp with time zone '2026-03-02 09:11:01+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('captured', 5, 'REVERSAL', 'PROMOTIONAL', -6.666666, 81.000001, 'Bonus reversed: 6.666666 credits', 'autorecharge/pi_no1/reversal/300-0/bonus', 'autorecharge/pi_no1', timestamp with time zone '2026-03-02 09:11:01+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('declined-insufficient_funds', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:00:00.400+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('declined-insufficient_funds', 2, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no5', null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('declined-insufficient_funds', 3, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no5/bonus', 'autorecharge/pi_no5', timestamp with time zone '2026-03-04 09:11:03+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('declined-lost_card', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:00:01.500+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('lost', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:00:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('lost', 2, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no6', null, timestamp with time zone '2026-03-02 09:11:02+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('lost', 3, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no6/bonus', 'autorecharge/pi_no6', timestamp with time zone '2026-03-02 09:11:02+00');
insert into auto_recharge_reversals (account_id, provider_reference, id, kind, taken_minor, returned_minor, currency)
values ('captured', 'pi_no1', 're_no1', 'REFUND', 300, 0, 'USD');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('busy', 'ENABLED:id-006', 'ENABLED', timestamp with time zone '2026-03-02 09:00:00.100+00', null, null, null, null, null, null, null, null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('busy', 'RECHARGE_PAID:id-008', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 09:11:00+00', 'id-007', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 09:11:00+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('buyer', 'ENABLED:id-013', 'ENABLED', timestamp with time zone '2026-03-02 09:11:03+00', null, null, null, null, null, null, 'v1', null, timestamp with time zone '2026-03-02 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('buyer', 'PURCHASE_PAID:id-013', 'PURCHASE_PAID', timestamp with time zone '2026-03-02 09:11:03+00', 'id-013', 100.000000, 20.000000, 900, 'USD', 120.000000, null, null, timestamp with time zone '2026-03-02 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('captured', 'ENABLED:id-010', 'ENABLED', timestamp with time zone '2026-03-02 09:00:00.200+00', null, null, null, null, null, null, null, null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('captured', 'PAYMENT_REVERSED:pi_no1/reversal/300-0', 'PAYMENT_REVERSED', timestamp with time zone '2026-03-02 09:11:01+00', 'pi_no1', 33.333333, 6.666666, 300, 'USD', 81.000001, 'REFUND', null, timestamp with time zone '2026-03-02 09:11:01+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('captured', 'RECHARGE_PAID:id-012', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 09:11:01+00', 'id-011', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 09:11:01+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('captured', 'SUSPENDED:pi_no1/re_no1/300', 'SUSPENDED', timestamp with time zone '2026-03-02 09:00:00.400+00', null, null, null, null, null, null, 'REFUNDED', null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('declined-insufficient_funds', 'ENABLED:id-015', 'ENABLED', timestamp with time zone '2026-03-02 09:00:00.400+00', null, null, null, null, null, null, null, null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('declined-insufficient_funds', 'RECHARGE_DECLINED:id-017', 'RECHARGE_DECLINED', timestamp with time zone '2026-03-02 09:00:00.500+00', 'id-016', null, null, null, null, null, 'insufficient_funds', timestamp with time zone '2026-03-02 15:00:00.500+00', timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('declined-insufficient_funds', 'RECHARGE_PAID:id-502', 'RECHARGE_PAID', timestamp with time zone '2026-03-04 09:11:03+00', 'id-501', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('declined-lost_card', 'ENABLED:id-019', 'ENABLED', timestamp with time zone '2026-03-02 09:00:01.500+00', null, null, null, null, null, null, null, null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('declined-lost_card', 'RECHARGE_DECLINED:id-021', 'RECHARGE_DECLINED', timestamp with time zone '2026-03-02 09:00:01.600+00', 'id-020', null, null, null, null, null, 'lost_card', null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('declined-lost_card', 'SUSPENDED:id-021', 'SUSPENDED', timestamp with time zone '2026-03-02 09:00:01.600+00', null, null, null, null, null, null, 'HARD_DECLINE', null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('lost', 'ENABLED:id-002', 'ENABLED', timestamp with time zone '2026-03-02 09:00:00+00', null, null, null, null, null, null, null, null, timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('lost', 'RECHARGE_PAID:id-004', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 09:11:02+00', 'id-003', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 09:11:02+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no1', 'charge.refunded', timestamp with time zone '2026-03-02 09:00:00.400+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no2', 'refund.created', timestamp with time zone '2026-03-02 09:00:00.400+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no3', 'charge.refunded', timestamp with time zone '2026-03-04 09:11:03+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no4', 'refund.created', timestamp with time zone '2026-03-04 09:11:03+00');
