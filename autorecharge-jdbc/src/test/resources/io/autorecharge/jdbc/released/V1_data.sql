-- What nodes of the first version left behind: ann in the middle of a recharge, ben on a checkout page, cleo who never did anything.

create table auto_recharge_schema (version integer not null, file_name varchar(255) not null, primary key (version));
insert into auto_recharge_schema (version, file_name) values (0, 'the row that migrations queue up at');
insert into auto_recharge_schema (version, file_name) values (1, 'V1__tables.sql');

insert into credit_accounts
    (id, email, credits, auto_recharge_enabled, auto_recharge_credits, auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id, ledger_seq)
values ('ann', 'ann@example.org', 4.5, true, 100, 10, 'cus_ann', 'pm_ann', 3);
insert into credit_accounts (id, email, credits, ledger_seq) values ('ben', 'ben@example.org', 7, 1);
insert into credit_accounts (id) values ('cleo');

insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 1, 'PURCHASE', 'PAID', 50, 50, 'Credit purchase: 50 credits', 'pi_1', null, '2026-10-01 10:00:00+00:00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 2, 'BONUS', 'PROMOTIONAL', 20, 70, 'Purchase bonus: 20 credits', 'bonus:pi_1', 'pi_1', '2026-10-01 10:00:00+00:00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ann', 3, 'DEBIT', null, -65.5, 4.5, 'Report', 'job-1', null, '2026-10-02 10:00:00.123456+00:00');
insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
values ('ben', 1, 'GRANT', 'PROMOTIONAL', 7, 7, 'Welcome', 'welcome', null, '2026-10-03 10:00:00+00:00');

insert into auto_recharge_state
    (account_id, due_at, consent_version, consent_at, declines, last_opened_at, method_brand, method_last4, method_fingerprint)
values ('ann', '2026-10-02 10:02:00+00:00', '1', '2026-10-01 10:00:00+00:00', 0, '2026-10-02 10:00:01+00:00', 'visa', '4242', 'fp_ann');

insert into auto_recharge_recharges
    (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at)
values ('ann', 'r1', 'BALANCE', 'OPEN', 100, 100, 20, 900, 'USD', 4.5, '2026-10-02 10:00:01+00:00');
insert into auto_recharge_attempts
    (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor, amount_currency, description,
     state, sends, looks, in_doubt, first_sent_at, last_sent_at, look_at)
values ('ann', 'a1', 'r1', 1, 'cus_ann', 'pm_ann', 'fp_ann', 900, 'USD', 'Auto-recharge: 100 credits',
        'OPEN', 1, 0, true, '2026-10-02 10:00:01+00:00', '2026-10-02 10:00:01+00:00', '2026-10-02 10:02:00+00:00');

insert into auto_recharge_checkouts
    (account_id, id, session_id, credits, price_minor, price_currency, enables, consent_version, consent_at, state, created_at, look_at, looks)
values ('ben', 'c1', 'cs_1', 50, 500, 'USD', true, '1', '2026-10-03 11:00:00+00:00', 'OPEN', '2026-10-03 11:00:00+00:00',
        '2026-10-03 11:02:00+00:00', 0);

insert into auto_recharge_webhook_events (event_id, type, handled_at) values ('evt_1', 'payment_intent.succeeded', '2026-10-01 10:00:00+00:00');
insert into auto_recharge_outbox (account_id, event_id, type, happened_at, subject, credits, balance)
values ('ann', 'PURCHASE_PAID:c0', 'PURCHASE_PAID', '2026-10-01 10:00:00+00:00', 'c0', 50, 70);
