package io.autorecharge.jdbc;

import io.autorecharge.credit.Reference;

/** The invariants of payments and of the credits that they bought. */
final class PaymentInvariants {
    /**
     * Every entry that belongs to a payment, including the entries of an external ledger. {@code purchase} is the reference of its purchase.
     * Amounts in a ledger of the host may be binary fractions, so they are converted to decimals.
     */
    private static final String ENTRIES = """
            (select user_id as account_id, 0 as elsewhere, type, category, cast(amount as decimal(25, 6)) as amount, reference,
                    linked_to, case when type = 'PURCHASE' then reference else linked_to end as purchase
             from credit_transactions
             where seq is not null and type in ('PURCHASE', 'BONUS', 'REVERSAL')
             union all
             select account_id, 1, type, category, amount, reference,
                    linked_to, case when type = 'PURCHASE' then reference else linked_to end
             from auto_recharge_grants
             where type in ('PURCHASE', 'BONUS', 'REVERSAL'))""";

    /** Every captured charge with what it bought. If it paid a recharge, also which one and with what bonus. */
    private static final String PAYMENTS = """
            (select t.account_id, concat('attempt ', t.id) as name, t.provider_reference,
                    concat('%1$s', t.provider_reference) as purchase, t.amount_minor as captured,
                    t.amount_currency as currency, r.credits, r.id as recharge_id, r.bonus
             from auto_recharge_attempts t
             join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
             where t.state = 'PAID'
             union all
             select c.account_id, concat('checkout ', c.id), c.provider_reference,
                    concat('%1$s', c.provider_reference), c.price_minor, c.price_currency,
                    coalesce(r.credits, c.credits), r.id, r.bonus
             from auto_recharge_checkouts c
             left join auto_recharge_recoveries v on v.account_id = c.account_id and v.checkout_id = c.id
             left join auto_recharge_attempts t on t.account_id = v.account_id and t.id = v.attempt_id
             left join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
             where c.state = 'PAID')""".formatted(Reference.OWN);

    /** What the database refused and the library tries again. */
    private static final String OWED = """
            (select account_id, provider_reference, purchase, credits, bonus
             from auto_recharge_owed_entries
             where next_at is not null)""";

    static final String PAYMENTS_ARE_GRANTED_ONCE = """
            select p.account_id,
                   concat(p.name, ' was paid by ', coalesce(p.provider_reference, 'nothing'), ' and bought ', p.credits,
                          ': ', count(e.reference), ' purchase entries of ', coalesce(sum(e.amount), 0)) as details
            from %s p
            left join %s e on e.account_id = p.account_id and e.reference = p.purchase and e.type = 'PURCHASE'
            left join %s o on o.account_id = p.account_id and o.provider_reference = p.provider_reference
                and o.purchase is not null
            group by p.account_id, p.name, p.provider_reference, p.credits
            having count(e.reference) + count(o.provider_reference) <> 1
                or coalesce(sum(e.amount), max(o.credits)) <> p.credits
            """.formatted(PAYMENTS, ENTRIES, OWED);

    // A recharge that was paid by its attempt and by a checkout has only the bonus of the first payment.
    static final String BONUSES_ARE_GRANTED_ONCE = """
            select p.account_id,
                   concat('recharge ', p.recharge_id, ' with a bonus of ', p.bonus, ': ', count(e.reference),
                          ' bonus entries of ', coalesce(sum(e.amount), 0), ' for ', count(distinct p.name), ' payments')
                       as details
            from %s p
            left join (
                select account_id, reference, purchase, amount
                from %s b
                where type = 'BONUS'
                union all
                select account_id, concat('owed for ', provider_reference), concat('%s', provider_reference), bonus
                from %s w
                where bonus > 0) e on e.account_id = p.account_id and e.purchase = p.purchase
            where p.recharge_id is not null
            group by p.account_id, p.recharge_id, p.bonus
            having coalesce(sum(e.amount), 0) <> p.bonus
                or count(e.reference) > 1
            """.formatted(PAYMENTS, ENTRIES, Reference.OWN, OWED);

    static final String PURCHASES_ARE_PAID = """
            select e.account_id, concat('purchase entry ', e.reference, ' of ', e.amount, ' without a payment') as details
            from %s e
            left join %s p on p.account_id = e.account_id and p.purchase = e.reference
            where e.type = 'PURCHASE' and p.account_id is null
            """.formatted(ENTRIES, PAYMENTS);

    static final String PAYMENTS_HAVE_ONE_ACCOUNT = """
            select p.account_id, concat('payment ', p.provider_reference, ' paid ', p.name, ' and ', q.name) as details
            from %1$s p
            join %1$s q on q.provider_reference = p.provider_reference
            where q.account_id <> p.account_id or q.name <> p.name
            union all
            select t.account_id, concat('payment ', t.provider_reference, ' is of attempt ', t.id, ', and paid ', q.name)
            from auto_recharge_attempts t
            join %1$s q on q.provider_reference = t.provider_reference
            where t.state <> 'PAID'
            union all
            select c.account_id, concat('payment ', c.provider_reference, ' is of checkout ', c.id, ', and paid ', q.name)
            from auto_recharge_checkouts c
            join %1$s q on q.provider_reference = c.provider_reference
            where c.state <> 'PAID'
            union all
            select e.account_id, concat('purchase entry ', e.reference, ' is in the ledger of account ', o.account_id, ' too')
            from %2$s e
            join %2$s o on o.reference = e.reference and o.account_id <> e.account_id
            where e.type = 'PURCHASE' and o.type = 'PURCHASE'
            """.formatted(PAYMENTS, ENTRIES);

    static final String ENTRIES_ARE_LINKED = """
            select e.account_id,
                   concat(e.type, ' entry ', e.reference, ' of ', e.amount, ' is linked to ',
                          coalesce(e.linked_to, 'nothing'), ', which is not there') as details
            from %s e
            left join %s g on g.account_id = e.account_id and g.purchase = e.linked_to
                and g.type = case when e.type = 'REVERSAL' and e.category = 'PROMOTIONAL' then 'BONUS' else 'PURCHASE' end
            where e.type in ('BONUS', 'REVERSAL') and g.account_id is null
            """.formatted(ENTRIES, ENTRIES);

    // Shares are compared by multiplying, which is exact: back / granted is at most gone / captured, and one unit more
    // would exceed it.
    static final String REVERSALS_ARE_IN_PROPORTION = """
            select s.account_id,
                   concat('of ', s.reference, ' ', s.back, ' of ', s.amount, ' credits are taken back, and ', s.gone, ' of ',
                          s.captured, ' minor units are gone') as details
            from (
                select g.account_id, g.elsewhere, g.reference, g.amount, p.captured, coalesce(-t.amount, 0) as back,
                       case when g.category = 'PAID' then coalesce(w.written_off, 0)
                            else coalesce(w.written_off_bonus, 0) end as given_up,
                       case when m.gone > p.captured then p.captured else coalesce(m.gone, 0) end as gone
                from %1$s g
                join %2$s p on p.account_id = g.account_id and p.purchase = g.purchase
                left join (
                    select account_id, purchase, category, sum(amount) as amount
                    from %1$s r
                    where type = 'REVERSAL'
                    group by account_id, purchase, category) t
                    on t.account_id = g.account_id and t.purchase = g.purchase and t.category = g.category
                left join (
                    select account_id, provider_reference, sum(taken_minor - returned_minor) as gone
                    from auto_recharge_reversals
                    group by account_id, provider_reference) m
                    on m.account_id = p.account_id and m.provider_reference = p.provider_reference
                left join auto_recharge_owed_entries w
                    on w.account_id = p.account_id and w.provider_reference = p.provider_reference
                where g.type in ('PURCHASE', 'BONUS') and w.next_at is null) s
            where s.back < 0 or s.given_up < 0
               or (s.back + s.given_up) * s.captured > s.amount * s.gone
               or (s.elsewhere = 0 and (s.back + s.given_up + {smallest}) * s.captured <= s.amount * s.gone)
            """.formatted(ENTRIES, PAYMENTS);

    /**
     * A row of a refund, dispute or warning is never deleted: an entry says how much money had gone, and a suspension says for which of
     * them it began.
     */
    static final String REVERSALS_ARE_KEPT = """
            select e.account_id, concat('entry ', e.reference, ' knows of more than ', coalesce(m.taken, 0), ' that went back') as details
            from (
                select account_id, reference, linked_to, substring(reference, char_length(linked_to) + 12) as gone
                from %s g
                where g.type = 'REVERSAL' and g.reference like concat(g.linked_to, '/reversal/%%')) e
            left join (
                select account_id, concat('%s', provider_reference) as purchase, sum(taken_minor) as taken
                from auto_recharge_reversals
                group by account_id, provider_reference) m on m.account_id = e.account_id and m.purchase = e.linked_to
            where case when e.gone {pg:~}{h2:regexp}{mariadb:regexp} '^[0-9]+-'
                       then cast(substring(e.gone, 1, position('-' in e.gone) - 1) as decimal(25)) > coalesce(m.taken, 0)
                       else true end
            union all
            select e.account_id, concat('event ', e.event_id, ' reports a ', e.reason, ', which is not there')
            from auto_recharge_outbox e
            where e.type = 'SUSPENDED' and e.reason in ('REFUNDED', 'DISPUTED', 'FRAUD_WARNING')
              and not exists (
                  select 1 from auto_recharge_reversals r
                  where r.account_id = e.account_id
                    and e.event_id like concat('SUSPENDED:', r.provider_reference, '/', r.id, '/%%')
                    and e.reason = case r.kind when 'REFUND' then 'REFUNDED' when 'DISPUTE' then 'DISPUTED' else r.kind end)
            union all
            select r.account_id, concat(r.kind, ' ', r.id, ' of payment ', r.provider_reference)
            from auto_recharge_reversals r
            where r.kind not in ('REFUND', 'DISPUTE', 'FRAUD_WARNING')
               or (r.kind = 'FRAUD_WARNING' and (r.taken_minor <> 0 or r.returned_minor <> 0))
            """.formatted(ENTRIES, Reference.OWN);

    // A reversal may be owed of a payment that is not known yet.
    static final String OWED_FITS = """
            select o.account_id,
                   concat_ws(' ', 'owed of', o.provider_reference, o.captured_minor, o.currency, 'for a', o.purchase, o.credits, o.bonus,
                             'booked', o.booked_minor, o.cause, 'tries', o.tries, 'next', o.next_at) as details
            from auto_recharge_owed_entries o
            left join %s p on p.account_id = o.account_id and p.provider_reference = o.provider_reference
            where o.captured_minor <> p.captured or o.currency <> p.currency
               or o.booked_minor < 0 or o.booked_minor > o.captured_minor or o.tries < 0
               or o.next_at > :now+3d
               or (o.purchase = 'RECHARGE' and p.recharge_id is null)
               or o.purchase not in ('RECHARGE', 'CHECKOUT') or o.cause not in ('REFUND', 'DISPUTE', 'FRAUD_WARNING')
               or (o.purchase is null and (o.credits is not null or o.bonus is not null))
               or (o.purchase is not null
                   and (o.credits is null or o.bonus is null or p.account_id is null
                        or o.booked_minor <> 0 or o.written_off <> 0 or o.written_off_bonus <> 0))
            """.formatted(PAYMENTS);

    // The first purchase that switches auto-recharge on has a bonus, and no other one has.
    static final String ENABLING_BONUS_IS_KNOWN = """
            select e.account_id, concat('bonus ', e.reference, ' is not of a recharge, and the account does not remember it') as details
            from %s e
            join %s p on p.account_id = e.account_id and p.purchase = e.linked_to and p.recharge_id is null
            join auto_recharge_state s on s.account_id = e.account_id
            where e.type = 'BONUS' and s.enabling_bonus_at is null
            """.formatted(ENTRIES, PAYMENTS);

    private PaymentInvariants() {}
}
