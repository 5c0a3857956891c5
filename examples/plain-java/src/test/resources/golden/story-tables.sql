insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('ann', null, 87.500001, true, 100, 10.000000, 'cus_no1', 'pm_no1', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('ben', null, 1.000000, true, 100, 10.000000, 'cus_no5', null, 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('bob', null, 1.000000, true, 100, 10.000000, 'cus_no6', 'pm_no3', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('bud', null, 1.000000, true, 100, 10.000000, 'cus_no7', 'pm_no4', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('cat', null, 121.000000, true, 100, 10.000000, 'cus_no8', 'pm_no12', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('cem', null, 1.000000, true, 100, 10.000000, 'cus_no9', 'pm_no6', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('dan', null, 121.000000, true, 100, 10.000000, 'cus_no10', 'pm_no7', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('eve', null, 1.000000, true, 100, 10.000000, 'cus_no12', 'pm_no9', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('fay', null, 1.000000, true, 100, 10.000000, 'cus_no11', 'pm_no8', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('gus', null, 1.000000, false, 50, 5.000000, 'cus_no13', 'pm_no13', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('hal', null, 0.500000, false, 100, 10.000000, 'cus_no14', 'pm_no10', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('ian', null, 1.000000, true, 100, 10.000000, 'cus_no15', 'pm_no11', 0, current_timestamp);
insert into credit_accounts (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq, created_at)
values ('jürgen o''neil', null, 50.000000, false, null, 10.000000, 'cus_no2', null, 0, current_timestamp);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('ann', null, 'v1', timestamp with time zone '2026-03-02 09:00:00+00', 'REFUNDED', timestamp with time zone '2026-03-02 09:02:00+00', null, 0, null, timestamp with time zone '2026-03-02 09:01:00+00', timestamp with time zone '2026-03-02 09:01:00+00', 'visa', '4242', 'sim15rtashshpu', 7, 0, 'card', '2039-12');
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('ben', null, 'v1', timestamp with time zone '2026-03-02 09:04:00+00', null, null, null, 0, null, timestamp with time zone '2026-03-02 09:04:01+00', null, null, null, null, 1, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('bob', timestamp with time zone '2026-03-02 15:07:02+00', 'v1', timestamp with time zone '2026-03-02 09:07:01+00', null, null, null, 1, timestamp with time zone '2026-03-02 15:07:02+00', timestamp with time zone '2026-03-02 09:07:02+00', null, 'visa', '4242', 'sim15rtashshpu', 1, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('bud', null, 'v1', timestamp with time zone '2026-03-02 09:07:02+00', 'HARD_DECLINE', timestamp with time zone '2026-03-02 09:07:03+00', 'sim13dwgnqdpqs', 1, null, timestamp with time zone '2026-03-02 09:07:03+00', null, 'visa', '4242', 'sim13dwgnqdpqs', 1, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('cat', null, 'v1', timestamp with time zone '2026-03-02 09:08:03+00', null, null, null, 0, null, timestamp with time zone '2026-03-02 09:08:04+00', null, 'visa', '4242', 'sim15rtashshpu', 3, 0, 'card', '2039-12');
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('cem', null, 'v1', timestamp with time zone '2026-03-02 09:10:04+00', 'AUTHENTICATION_REQUIRED', timestamp with time zone '2026-03-02 09:10:05+00', 'sim13dvrweami8', 1, null, timestamp with time zone '2026-03-02 09:10:05+00', null, 'visa', '4242', 'sim13dvrweami8', 1, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('dan', null, 'v1', timestamp with time zone '2026-03-02 09:11:05+00', 'DISPUTED', timestamp with time zone '2026-03-02 10:13:06+00', null, 0, null, timestamp with time zone '2026-03-02 09:11:06+00', null, 'visa', '4242', 'sim15rtashshpu', 7, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('eve', timestamp with time zone '2026-03-02 13:16:08+00', 'v1', timestamp with time zone '2026-03-02 11:16:07+00', null, null, null, 0, null, timestamp with time zone '2026-03-02 12:10:08+00', null, 'visa', '4242', 'sim15rtashshpu', 31, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('fay', timestamp with time zone '2026-03-02 11:25:07+00', 'v1', timestamp with time zone '2026-03-02 11:15:06+00', null, null, null, 0, null, timestamp with time zone '2026-03-02 11:15:07+00', null, 'visa', '4242', 'simBankAccount', 1, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('gus', null, null, null, null, null, null, 0, null, null, null, 'visa', '4242', 'sim15rtashshpu', 1, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('hal', null, null, null, null, null, null, 0, null, timestamp with time zone '2026-03-02 12:23:10+00', null, 'visa', '4242', 'sim15rtashshpu', 2, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('ian', timestamp with time zone '2026-03-03 14:29:11+00', 'v1', timestamp with time zone '2026-03-03 14:24:10+00', null, null, null, 0, null, timestamp with time zone '2026-03-03 14:24:11+00', null, 'visa', '4242', 'sim15rtashshpu', 1, 0, null, null);
insert into auto_recharge_state (account_id, due_at, consent_version, consent_at, suspension_reason, suspended_since, suspended_fingerprint, declines, retry_at, last_opened_at, enabling_bonus_at, method_brand, method_last4, method_fingerprint, ledger_seq, backups, method_type, method_expiry)
values ('jürgen o''neil', null, null, null, null, null, null, 0, null, null, null, null, null, null, 1, 0, null, null);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('ann', 'id-002', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 7.500000, timestamp with time zone '2026-03-02 09:01:00+00', timestamp with time zone '2026-03-02 09:01:00+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('ben', 'id-008', 'SWEEP', 'FAILED', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:04:01+00', timestamp with time zone '2026-03-02 09:04:01+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('bob', 'id-014', 'SWEEP', 'FAILED', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:07:02+00', timestamp with time zone '2026-03-02 09:07:02+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('bud', 'id-018', 'SWEEP', 'FAILED', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:07:03+00', timestamp with time zone '2026-03-02 09:07:03+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('cat', 'id-022', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:08:04+00', timestamp with time zone '2026-03-02 09:10:04+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('cem', 'id-027', 'SWEEP', 'FAILED', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:10:05+00', timestamp with time zone '2026-03-02 09:10:05+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('dan', 'id-032', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 09:11:06+00', timestamp with time zone '2026-03-02 09:11:06+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-040', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:16:08+00', timestamp with time zone '2026-03-02 11:16:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-042', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:22:08+00', timestamp with time zone '2026-03-02 11:22:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-044', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:28:08+00', timestamp with time zone '2026-03-02 11:28:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-046', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:34:08+00', timestamp with time zone '2026-03-02 11:34:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-048', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:40:08+00', timestamp with time zone '2026-03-02 11:40:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-050', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:46:08+00', timestamp with time zone '2026-03-02 11:46:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-052', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:52:08+00', timestamp with time zone '2026-03-02 11:52:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-054', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:58:08+00', timestamp with time zone '2026-03-02 11:58:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-056', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 12:04:08+00', timestamp with time zone '2026-03-02 12:04:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('eve', 'id-058', 'SWEEP', 'PAID', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 12:10:08+00', timestamp with time zone '2026-03-02 12:10:08+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('fay', 'id-036', 'SWEEP', 'OPEN', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 11:15:07+00', null, 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('hal', 'id-065', 'SWEEP', 'ABANDONED', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-02 12:23:10+00', timestamp with time zone '2026-03-03 14:24:10+00', 3);
insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at, closed_at, max_attempts)
values ('ian', 'id-070', 'SWEEP', 'OPEN', 100, 100.000000, 20.000000, 900, 'USD', 1.000000, timestamp with time zone '2026-03-03 14:24:11+00', null, 3);
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('ann', 'id-003', 'id-002', 1, 'cus_no1', 'pm_no1', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 09:01:00+00', timestamp with time zone '2026-03-02 09:01:00+00', timestamp with time zone '2026-03-02 09:03:00+00', 'pi_no1', 'paid', timestamp with time zone '2026-03-02 09:01:00+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('ben', 'id-009', 'id-008', 1, 'cus_no3', 'pm_no2', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'DECLINED', 1, 0, false, timestamp with time zone '2026-03-02 09:04:01+00', timestamp with time zone '2026-03-02 09:04:01+00', timestamp with time zone '2026-03-02 09:06:01+00', 'pi_no2', 'insufficient_funds', timestamp with time zone '2026-03-02 09:04:01+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('bob', 'id-015', 'id-014', 1, 'cus_no6', 'pm_no3', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'DECLINED', 1, 0, false, timestamp with time zone '2026-03-02 09:07:02+00', timestamp with time zone '2026-03-02 09:07:02+00', timestamp with time zone '2026-03-02 09:09:02+00', 'pi_no3', 'insufficient_funds', timestamp with time zone '2026-03-02 09:07:02+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('bud', 'id-019', 'id-018', 1, 'cus_no7', 'pm_no4', 'sim13dwgnqdpqs', 900, 'USD', 'Auto-recharge: 100 credits', 'DECLINED', 1, 0, false, timestamp with time zone '2026-03-02 09:07:03+00', timestamp with time zone '2026-03-02 09:07:03+00', timestamp with time zone '2026-03-02 09:09:03+00', 'pi_no4', 'lost_card', timestamp with time zone '2026-03-02 09:07:03+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('cat', 'id-023', 'id-022', 1, 'cus_no8', 'pm_no5', 'sim13dvrweami8', 900, 'USD', 'Auto-recharge: 100 credits', 'ACTION_REQUIRED', 1, 0, false, timestamp with time zone '2026-03-02 09:08:04+00', timestamp with time zone '2026-03-02 09:08:04+00', timestamp with time zone '2026-03-02 09:10:04+00', 'pi_no5', 'authentication_required', timestamp with time zone '2026-03-02 09:08:04+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('cem', 'id-028', 'id-027', 1, 'cus_no9', 'pm_no6', 'sim13dvrweami8', 900, 'USD', 'Auto-recharge: 100 credits', 'ACTION_REQUIRED', 1, 0, false, timestamp with time zone '2026-03-02 09:10:05+00', timestamp with time zone '2026-03-02 09:10:05+00', timestamp with time zone '2026-03-02 09:12:05+00', 'pi_no6', 'authentication_required', timestamp with time zone '2026-03-02 09:10:05+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('dan', 'id-033', 'id-032', 1, 'cus_no10', 'pm_no7', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 09:11:06+00', timestamp with time zone '2026-03-02 09:11:06+00', timestamp with time zone '2026-03-02 09:13:06+00', 'pi_no7', 'paid', timestamp with time zone '2026-03-02 09:11:06+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-041', 'id-040', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 11:16:08+00', timestamp with time zone '2026-03-02 11:16:08+00', timestamp with time zone '2026-03-02 11:18:08+00', 'pi_no8', 'paid', timestamp with time zone '2026-03-02 11:16:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-043', 'id-042', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 11:22:08+00', timestamp with time zone '2026-03-02 11:22:08+00', timestamp with time zone '2026-03-02 11:24:08+00', 'pi_no9', 'paid', timestamp with time zone '2026-03-02 11:22:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-045', 'id-044', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 11:28:08+00', timestamp with time zone '2026-03-02 11:28:08+00', timestamp with time zone '2026-03-02 11:30:08+00', 'pi_no10', 'paid', timestamp with time zone '2026-03-02 11:28:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-047', 'id-046', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 11:34:08+00', timestamp with time zone '2026-03-02 11:34:08+00', timestamp with time zone '2026-03-02 11:36:08+00', 'pi_no11', 'paid', timestamp with time zone '2026-03-02 11:34:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-049', 'id-048', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 11:40:08+00', timestamp with time zone '2026-03-02 11:40:08+00', timestamp with time zone '2026-03-02 11:42:08+00', 'pi_no12', 'paid', timestamp with time zone '2026-03-02 11:40:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-051', 'id-050', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 11:46:08+00', timestamp with time zone '2026-03-02 11:46:08+00', timestamp with time zone '2026-03-02 11:48:08+00', 'pi_no13', 'paid', timestamp with time zone '2026-03-02 11:46:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-053', 'id-052', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 11:52:08+00', timestamp with time zone '2026-03-02 11:52:08+00', timestamp with time zone '2026-03-02 11:54:08+00', 'pi_no14', 'paid', timestamp with time zone '2026-03-02 11:52:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-055', 'id-054', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 11:58:08+00', timestamp with time zone '2026-03-02 11:58:08+00', timestamp with time zone '2026-03-02 12:00:08+00', 'pi_no15', 'paid', timestamp with time zone '2026-03-02 11:58:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-057', 'id-056', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 12:04:08+00', timestamp with time zone '2026-03-02 12:04:08+00', timestamp with time zone '2026-03-02 12:06:08+00', 'pi_no16', 'paid', timestamp with time zone '2026-03-02 12:04:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('eve', 'id-059', 'id-058', 1, 'cus_no12', 'pm_no9', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'PAID', 1, 0, false, timestamp with time zone '2026-03-02 12:10:08+00', timestamp with time zone '2026-03-02 12:10:08+00', timestamp with time zone '2026-03-02 12:12:08+00', 'pi_no17', 'paid', timestamp with time zone '2026-03-02 12:10:08+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('fay', 'id-037', 'id-036', 1, 'cus_no11', 'pm_no8', 'simBankAccount', 900, 'USD', 'Auto-recharge: 100 credits', 'OPEN', 1, 1, true, timestamp with time zone '2026-03-02 11:15:07+00', timestamp with time zone '2026-03-02 11:15:07+00', timestamp with time zone '2026-03-02 11:25:07+00', 'pi_no18', 'processing', null);
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('hal', 'id-066', 'id-065', 1, 'cus_no14', 'pm_no10', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'NOT_CHARGED', 1, 1, false, timestamp with time zone '2026-03-02 12:23:10+00', timestamp with time zone '2026-03-02 12:23:10+00', timestamp with time zone '2026-03-03 14:26:10+00', null, 'no longer wanted', timestamp with time zone '2026-03-03 14:24:10+00');
insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description, state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at, provider_reference, detail, closed_at)
values ('ian', 'id-071', 'id-070', 1, 'cus_no15', 'pm_no11', 'sim15rtashshpu', 900, 'USD', 'Auto-recharge: 100 credits', 'OPEN', 1, 1, false, timestamp with time zone '2026-03-03 14:24:11+00', timestamp with time zone '2026-03-03 14:24:11+00', timestamp with time zone '2026-03-03 14:29:11+00', null, 'CONFIGURATION', null);
insert into auto_recharge_checkouts (account_id, id, session_id, credits, price_minor, price_currency, enables, consent_version, consent_at, state, created_at, look_at, looks, provider_reference, saves)
values ('ann', 'id-001', 'cs_test_no1', 100, 900, 'USD', true, 'v1', timestamp with time zone '2026-03-02 09:00:00+00', 'PAID', timestamp with time zone '2026-03-02 09:00:00+00', null, 1, 'pi_no19', null);
insert into auto_recharge_checkouts (account_id, id, session_id, credits, price_minor, price_currency, enables, consent_version, consent_at, state, created_at, look_at, looks, provider_reference, saves)
values ('cat', 'id-024', 'cs_test_no3', 100, 900, 'USD', false, 'v1', timestamp with time zone '2026-03-02 09:08:03+00', 'PAID', timestamp with time zone '2026-03-02 09:09:04+00', null, 1, 'pi_no20', null);
insert into auto_recharge_checkouts (account_id, id, session_id, credits, price_minor, price_currency, enables, consent_version, consent_at, state, created_at, look_at, looks, provider_reference, saves)
values ('cem', 'id-029', 'cs_test_no5', 100, 900, 'USD', false, 'v1', timestamp with time zone '2026-03-02 09:10:04+00', 'CLOSED', timestamp with time zone '2026-03-02 09:10:05+00', null, 1, null, null);
insert into auto_recharge_checkouts (account_id, id, session_id, credits, price_minor, price_currency, enables, consent_version, consent_at, state, created_at, look_at, looks, provider_reference, saves)
values ('jürgen o''neil', 'id-004', 'cs_test_no2', 50, 500, 'USD', false, null, null, 'PAID', timestamp with time zone '2026-03-02 09:02:00+00', null, 1, 'pi_no21', null);
insert into auto_recharge_checkouts (account_id, id, session_id, credits, price_minor, price_currency, enables, consent_version, consent_at, state, created_at, look_at, looks, provider_reference, saves)
values ('jürgen o''neil', 'id-005', 'cs_test_no4', 50, 500, 'USD', false, null, null, 'CLOSED', timestamp with time zone '2026-03-02 09:03:00+00', null, 1, null, null);
insert into auto_recharge_recoveries (account_id, checkout_id, attempt_id)
values ('cat', 'id-024', 'id-023');
insert into auto_recharge_recoveries (account_id, checkout_id, attempt_id)
values ('cem', 'id-029', 'id-028');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 1, 'PURCHASE', 'PAID', 100.000000, 100.000000, 'Credit purchase: 100 credits', 'autorecharge/pi_no19', null, timestamp with time zone '2026-03-02 09:01:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 2, 'BONUS', 'PROMOTIONAL', 20.000000, 120.000000, 'Purchase bonus: 20 credits', 'autorecharge/pi_no19/bonus', 'autorecharge/pi_no19', timestamp with time zone '2026-03-02 09:01:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 3, 'DEBIT', null, -112.500000, 7.500000, 'Report job-1', 'job-1', null, timestamp with time zone '2026-03-02 09:01:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 4, 'PURCHASE', 'PAID', 100.000000, 107.500000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no1', null, timestamp with time zone '2026-03-02 09:01:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 5, 'BONUS', 'PROMOTIONAL', 20.000000, 127.500000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no1/bonus', 'autorecharge/pi_no1', timestamp with time zone '2026-03-02 09:01:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 6, 'REVERSAL', 'PAID', -33.333333, 94.166667, 'Payment reversed: 33.333333 credits', 'autorecharge/pi_no1/reversal/300-0', 'autorecharge/pi_no1', timestamp with time zone '2026-03-02 09:02:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 7, 'REVERSAL', 'PROMOTIONAL', -6.666666, 87.500001, 'Bonus reversed: 6.666666 credits', 'autorecharge/pi_no1/reversal/300-0/bonus', 'autorecharge/pi_no1', timestamp with time zone '2026-03-02 09:02:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ben', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:04:00+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('bob', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:07:01+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('bud', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:07:02+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('cat', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:08:03+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('cat', 2, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no20', null, timestamp with time zone '2026-03-02 09:10:04+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('cat', 3, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no20/bonus', 'autorecharge/pi_no20', timestamp with time zone '2026-03-02 09:10:04+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('cem', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:10:04+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('dan', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 09:11:05+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('dan', 2, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no7', null, timestamp with time zone '2026-03-02 09:11:06+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('dan', 3, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no7/bonus', 'autorecharge/pi_no7', timestamp with time zone '2026-03-02 09:11:06+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('dan', 4, 'REVERSAL', 'PAID', -100.000000, 21.000000, 'Payment reversed: 100 credits', 'autorecharge/pi_no7/reversal/900-0', 'autorecharge/pi_no7', timestamp with time zone '2026-03-02 10:13:06+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('dan', 5, 'REVERSAL', 'PROMOTIONAL', -20.000000, 1.000000, 'Bonus reversed: 20 credits', 'autorecharge/pi_no7/reversal/900-0/bonus', 'autorecharge/pi_no7', timestamp with time zone '2026-03-02 10:13:06+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('dan', 6, 'REVERSAL', 'PAID', 100.000000, 101.000000, 'Payment reversal undone: 100 credits', 'autorecharge/pi_no7/reversal/900-900', 'autorecharge/pi_no7', timestamp with time zone '2026-03-02 11:14:06+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('dan', 7, 'REVERSAL', 'PROMOTIONAL', 20.000000, 121.000000, 'Bonus reversal undone: 20 credits', 'autorecharge/pi_no7/reversal/900-900/bonus', 'autorecharge/pi_no7', timestamp with time zone '2026-03-02 11:14:06+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 11:16:07+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 10, 'DEBIT', null, -120.000000, 1.000000, 'Report job-2', 'job-2', null, timestamp with time zone '2026-03-02 11:34:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 11, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no11', null, timestamp with time zone '2026-03-02 11:34:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 12, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no11/bonus', 'autorecharge/pi_no11', timestamp with time zone '2026-03-02 11:34:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 13, 'DEBIT', null, -120.000000, 1.000000, 'Report job-3', 'job-3', null, timestamp with time zone '2026-03-02 11:40:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 14, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no12', null, timestamp with time zone '2026-03-02 11:40:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 15, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no12/bonus', 'autorecharge/pi_no12', timestamp with time zone '2026-03-02 11:40:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 16, 'DEBIT', null, -120.000000, 1.000000, 'Report job-4', 'job-4', null, timestamp with time zone '2026-03-02 11:46:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 17, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no13', null, timestamp with time zone '2026-03-02 11:46:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 18, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no13/bonus', 'autorecharge/pi_no13', timestamp with time zone '2026-03-02 11:46:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 19, 'DEBIT', null, -120.000000, 1.000000, 'Report job-5', 'job-5', null, timestamp with time zone '2026-03-02 11:52:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 2, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no8', null, timestamp with time zone '2026-03-02 11:16:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 20, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no14', null, timestamp with time zone '2026-03-02 11:52:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 21, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no14/bonus', 'autorecharge/pi_no14', timestamp with time zone '2026-03-02 11:52:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 22, 'DEBIT', null, -120.000000, 1.000000, 'Report job-6', 'job-6', null, timestamp with time zone '2026-03-02 11:58:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 23, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no15', null, timestamp with time zone '2026-03-02 11:58:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 24, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no15/bonus', 'autorecharge/pi_no15', timestamp with time zone '2026-03-02 11:58:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 25, 'DEBIT', null, -120.000000, 1.000000, 'Report job-7', 'job-7', null, timestamp with time zone '2026-03-02 12:04:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 26, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no16', null, timestamp with time zone '2026-03-02 12:04:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 27, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no16/bonus', 'autorecharge/pi_no16', timestamp with time zone '2026-03-02 12:04:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 28, 'DEBIT', null, -120.000000, 1.000000, 'Report job-8', 'job-8', null, timestamp with time zone '2026-03-02 12:10:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 29, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no17', null, timestamp with time zone '2026-03-02 12:10:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 3, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no8/bonus', 'autorecharge/pi_no8', timestamp with time zone '2026-03-02 11:16:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 30, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no17/bonus', 'autorecharge/pi_no17', timestamp with time zone '2026-03-02 12:10:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 31, 'DEBIT', null, -120.000000, 1.000000, 'Report job-9', 'job-9', null, timestamp with time zone '2026-03-02 12:16:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 4, 'DEBIT', null, -120.000000, 1.000000, 'Report job-0', 'job-0', null, timestamp with time zone '2026-03-02 11:22:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 5, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no9', null, timestamp with time zone '2026-03-02 11:22:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 6, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no9/bonus', 'autorecharge/pi_no9', timestamp with time zone '2026-03-02 11:22:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 7, 'DEBIT', null, -120.000000, 1.000000, 'Report job-1', 'job-1', null, timestamp with time zone '2026-03-02 11:28:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 8, 'PURCHASE', 'PAID', 100.000000, 101.000000, 'Auto-recharge: 100 credits', 'autorecharge/pi_no10', null, timestamp with time zone '2026-03-02 11:28:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('eve', 9, 'BONUS', 'PROMOTIONAL', 20.000000, 121.000000, 'Auto-recharge bonus: 20 credits', 'autorecharge/pi_no10/bonus', 'autorecharge/pi_no10', timestamp with time zone '2026-03-02 11:28:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('fay', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 11:15:06+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('gus', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 12:22:08+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('hal', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-02 12:23:09+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('hal', 2, 'DEBIT', null, -0.500000, 0.500000, 'Report job-1', 'job-1', null, timestamp with time zone '2026-03-02 12:23:10+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ian', 1, 'GRANT', 'PROMOTIONAL', 1.000000, 1.000000, 'Welcome', 'welcome', null, timestamp with time zone '2026-03-03 14:24:10+00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('jürgen o''neil', 1, 'PURCHASE', 'PAID', 50.000000, 50.000000, 'Credit purchase: 50 credits', 'autorecharge/pi_no21', null, timestamp with time zone '2026-03-02 09:03:00+00');
insert into auto_recharge_reversals (account_id, provider_reference, id, kind, taken_minor, returned_minor, currency)
values ('ann', 'pi_no1', 're_no1', 'REFUND', 300, 0, 'USD');
insert into auto_recharge_reversals (account_id, provider_reference, id, kind, taken_minor, returned_minor, currency)
values ('dan', 'pi_no7', 'dp_no1', 'DISPUTE', 900, 900, 'USD');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ann', 'ENABLED:id-001', 'ENABLED', timestamp with time zone '2026-03-02 09:01:00+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 09:01:00+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ann', 'PAYMENT_REVERSED:pi_no1/reversal/300-0', 'PAYMENT_REVERSED', timestamp with time zone '2026-03-02 09:02:00+00', 'pi_no1', 33.333333, 6.666666, 300, 'USD', 87.500001, 'REFUND', null, timestamp with time zone '2026-03-02 09:02:00+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ann', 'PURCHASE_PAID:id-001', 'PURCHASE_PAID', timestamp with time zone '2026-03-02 09:01:00+00', 'id-001', 100.000000, 20.000000, 900, 'USD', 120.000000, null, null, timestamp with time zone '2026-03-02 09:01:00+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ann', 'RECHARGE_PAID:id-003', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 09:01:00+00', 'id-002', 100.000000, 20.000000, 900, 'USD', 127.500000, null, null, timestamp with time zone '2026-03-02 09:01:00+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ann', 'SUSPENDED:pi_no1/re_no1/300', 'SUSPENDED', timestamp with time zone '2026-03-02 09:02:00+00', null, null, null, null, null, null, 'REFUNDED', null, timestamp with time zone '2026-03-02 09:02:00+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ben', 'ENABLED:id-007', 'ENABLED', timestamp with time zone '2026-03-02 09:04:00+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 09:04:00+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ben', 'RECHARGE_DECLINED:id-009', 'RECHARGE_DECLINED', timestamp with time zone '2026-03-02 09:04:01+00', 'id-008', null, null, null, null, null, 'insufficient_funds', timestamp with time zone '2026-03-02 15:04:01+00', timestamp with time zone '2026-03-02 09:04:01+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('bob', 'ENABLED:id-013', 'ENABLED', timestamp with time zone '2026-03-02 09:07:01+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 09:07:01+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('bob', 'RECHARGE_DECLINED:id-015', 'RECHARGE_DECLINED', timestamp with time zone '2026-03-02 09:07:02+00', 'id-014', null, null, null, null, null, 'insufficient_funds', timestamp with time zone '2026-03-02 15:07:02+00', timestamp with time zone '2026-03-02 09:07:02+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('bud', 'ENABLED:id-017', 'ENABLED', timestamp with time zone '2026-03-02 09:07:02+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 09:07:02+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('bud', 'RECHARGE_DECLINED:id-019', 'RECHARGE_DECLINED', timestamp with time zone '2026-03-02 09:07:03+00', 'id-018', null, null, null, null, null, 'lost_card', null, timestamp with time zone '2026-03-02 09:07:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('bud', 'SUSPENDED:id-019', 'SUSPENDED', timestamp with time zone '2026-03-02 09:07:03+00', null, null, null, null, null, null, 'HARD_DECLINE', null, timestamp with time zone '2026-03-02 09:07:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('cat', 'AUTHENTICATION_REQUIRED:id-023', 'AUTHENTICATION_REQUIRED', timestamp with time zone '2026-03-02 09:08:04+00', 'id-022', null, null, null, null, null, 'authentication_required', null, timestamp with time zone '2026-03-02 09:08:04+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('cat', 'ENABLED:id-021', 'ENABLED', timestamp with time zone '2026-03-02 09:08:03+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 09:08:03+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('cat', 'RECHARGE_PAID:id-024', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 09:10:04+00', 'id-022', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 09:10:04+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('cat', 'RESUMED:id-024', 'RESUMED', timestamp with time zone '2026-03-02 09:10:04+00', null, null, null, null, null, null, 'AUTHENTICATION_REQUIRED', null, timestamp with time zone '2026-03-02 09:10:04+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('cat', 'SUSPENDED:id-023', 'SUSPENDED', timestamp with time zone '2026-03-02 09:08:04+00', null, null, null, null, null, null, 'AUTHENTICATION_REQUIRED', null, timestamp with time zone '2026-03-02 09:08:04+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('cem', 'AUTHENTICATION_REQUIRED:id-028', 'AUTHENTICATION_REQUIRED', timestamp with time zone '2026-03-02 09:10:05+00', 'id-027', null, null, null, null, null, 'authentication_required', null, timestamp with time zone '2026-03-02 09:10:05+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('cem', 'ENABLED:id-026', 'ENABLED', timestamp with time zone '2026-03-02 09:10:04+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 09:10:04+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('cem', 'SUSPENDED:id-028', 'SUSPENDED', timestamp with time zone '2026-03-02 09:10:05+00', null, null, null, null, null, null, 'AUTHENTICATION_REQUIRED', null, timestamp with time zone '2026-03-02 09:10:05+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('dan', 'ENABLED:id-031', 'ENABLED', timestamp with time zone '2026-03-02 09:11:05+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 09:11:05+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('dan', 'PAYMENT_REVERSED:pi_no7/reversal/900-0', 'PAYMENT_REVERSED', timestamp with time zone '2026-03-02 10:13:06+00', 'pi_no7', 100.000000, 20.000000, 900, 'USD', 1.000000, 'DISPUTE', null, timestamp with time zone '2026-03-02 10:13:06+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('dan', 'RECHARGE_PAID:id-033', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 09:11:06+00', 'id-032', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 09:11:06+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('dan', 'REVERSAL_UNDONE:pi_no7/reversal/900-900', 'REVERSAL_UNDONE', timestamp with time zone '2026-03-02 11:14:06+00', 'pi_no7', 100.000000, 20.000000, 900, 'USD', 121.000000, 'DISPUTE', null, timestamp with time zone '2026-03-02 11:14:06+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('dan', 'SUSPENDED:pi_no7/dp_no1/900', 'SUSPENDED', timestamp with time zone '2026-03-02 10:13:06+00', null, null, null, null, null, null, 'DISPUTED', null, timestamp with time zone '2026-03-02 10:13:06+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'ENABLED:id-039', 'ENABLED', timestamp with time zone '2026-03-02 11:16:07+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 11:16:07+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'LIMIT_REACHED:eve/2026-03-03T11:16:08Z', 'LIMIT_REACHED', timestamp with time zone '2026-03-02 12:16:08+00', null, null, null, null, null, null, 'PURCHASE_LIMIT', timestamp with time zone '2026-03-03 11:16:08+00', timestamp with time zone '2026-03-02 12:16:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-041', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 11:16:08+00', 'id-040', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 11:16:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-043', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 11:22:08+00', 'id-042', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 11:22:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-045', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 11:28:08+00', 'id-044', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 11:28:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-047', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 11:34:08+00', 'id-046', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 11:34:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-049', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 11:40:08+00', 'id-048', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 11:40:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-051', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 11:46:08+00', 'id-050', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 11:46:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-053', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 11:52:08+00', 'id-052', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 11:52:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-055', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 11:58:08+00', 'id-054', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 11:58:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-057', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 12:04:08+00', 'id-056', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 12:04:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'RECHARGE_PAID:id-059', 'RECHARGE_PAID', timestamp with time zone '2026-03-02 12:10:08+00', 'id-058', 100.000000, 20.000000, 900, 'USD', 121.000000, null, null, timestamp with time zone '2026-03-02 12:10:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('eve', 'VELOCITY_ALARM:id-050', 'VELOCITY_ALARM', timestamp with time zone '2026-03-02 11:46:08+00', 'id-050', null, null, null, null, null, 'more than 5 within PT1H', null, timestamp with time zone '2026-03-02 11:46:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('fay', 'ENABLED:id-035', 'ENABLED', timestamp with time zone '2026-03-02 11:15:06+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 11:15:06+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('fay', 'RECHARGE_PROCESSING:id-037', 'RECHARGE_PROCESSING', timestamp with time zone '2026-03-02 11:15:07+00', 'id-036', null, null, null, null, null, null, timestamp with time zone '2026-03-02 11:25:07+00', timestamp with time zone '2026-03-02 11:15:07+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('gus', 'DISABLED:id-062', 'DISABLED', timestamp with time zone '2026-03-02 12:22:09+00', null, null, null, null, null, null, null, null, timestamp with time zone '2026-03-02 12:22:09+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('gus', 'ENABLED:id-061', 'ENABLED', timestamp with time zone '2026-03-02 12:22:08+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 12:22:08+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('hal', 'DISABLED:id-067', 'DISABLED', timestamp with time zone '2026-03-02 12:24:10+00', null, null, null, null, null, null, null, null, timestamp with time zone '2026-03-02 12:24:10+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('hal', 'ENABLED:id-064', 'ENABLED', timestamp with time zone '2026-03-02 12:23:09+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-02 12:23:09+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('hal', 'RECHARGE_ABANDONED:id-066', 'RECHARGE_ABANDONED', timestamp with time zone '2026-03-03 14:24:10+00', 'id-065', null, null, null, null, null, 'no longer wanted', null, timestamp with time zone '2026-03-03 14:24:10+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ian', 'ENABLED:id-069', 'ENABLED', timestamp with time zone '2026-03-03 14:24:10+00', null, null, null, 900, 'USD', null, 'v1', null, timestamp with time zone '2026-03-03 14:24:10+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('ian', 'PROVIDER_REFUSED:id-071', 'PROVIDER_REFUSED', timestamp with time zone '2026-03-03 14:24:11+00', 'id-071', null, null, null, null, null, 'CONFIGURATION', null, timestamp with time zone '2026-03-03 14:24:11+00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance, reason, until_at, delivered_at)
values ('jürgen o''neil', 'PURCHASE_PAID:id-004', 'PURCHASE_PAID', timestamp with time zone '2026-03-02 09:03:00+00', 'id-004', 50.000000, 0.000000, 500, 'USD', 50.000000, null, null, timestamp with time zone '2026-03-02 09:03:00+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no1', 'charge.refunded', timestamp with time zone '2026-03-02 09:02:00+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no2', 'refund.created', timestamp with time zone '2026-03-02 09:02:00+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no3', 'charge.dispute.created', timestamp with time zone '2026-03-02 10:13:06+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no4', 'charge.dispute.funds_withdrawn', timestamp with time zone '2026-03-02 10:13:06+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no5', 'charge.dispute.closed', timestamp with time zone '2026-03-02 11:14:06+00');
insert into auto_recharge_webhook_events (event_id, type, handled_at)
values ('evt_no6', 'charge.dispute.funds_reinstated', timestamp with time zone '2026-03-02 11:14:06+00');
