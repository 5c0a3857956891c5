# Faults and simulated worlds: the last long run

How to run it again stands in [CONTRIBUTING.md](../CONTRIBUTING.md#faults-and-simulated-worlds). Measured on a machine of two cores that had other work to do; the rates are the least to expect.

After every run the provider's books are compared with ours: every capture granted once, credits and bonus; no grant without a capture; every ledger adds up to its balance, without gaps; cooldown and limits kept,
counted anew; nobody charged who at the claim was switched off, without consent, suspended, backing off, not low or without that card; no request without a claim of its own, none with other parameters, none when its
key may be forgotten, none after it was given up; no recharge and no page left open; nobody left alone who is to be recharged, or held without a time to look; every payment told of; every confirmed debit in the
ledger. Last, the store is asked for a second open recharge and a second grant of each charge, and must say no.

## Every fault at every call, store in memory

"Calls" are those of the library's ports, transactions' insides included. After the faults a fresh node, a few days, and no sweep.

@ENUM@

Every single fault at every statement and commit of a charge: 238 scenarios on PostgreSQL, 278 on H2, none broken; with the provider's faults and what others do in between (`-Dsimulation=long`), so far run for
`CHARGED_UNTOLD` on PostgreSQL (282 scenarios) and for `CHARGED_UNTOLD`, `BOUGHT_UNTOLD` and `SWITCHED_OFF` on H2 (321, 760 and 507): none broken.

## Worlds, store in memory

Each has 1 to 4 nodes with clocks up to ten minutes apart, 2 to 39 accounts, a policy of its own, and lasts 1 to 14 days of virtual time; then nine days without faults. Half of them never sweep, some lose every webhook.

@WORLDS@

## What is seen when a guard is broken

Each was broken alone, for this table, and the stories with single faults played again.

| broken guard | seen as |
|---|---|
| suspension, back-off or balance not looked at in the decision | a claim though the account is suspended, backing off, not low |
| switch not looked at, and consent kept when switching off | a claim though the account is switched off; either guard alone suffices |
| cooldown, purchase limit, spend limit | counted anew, in the worlds |
| one open recharge (store) | the store opens a second recharge |
| the ledger's unique reference | the ledger took a charge a second time |
| wanted still, before sending again | a claim though switched off, or with another card |
| a new key for the same recharge | a request without a claim |
| a send is not counted | a request without a claim |
| a send is not in doubt from the claim on | captured and not paid here: the node died, the user switched off |
| doubt cleared by an unknown answer, by a refusal of a later send, by a refusal of an earlier send | captured and not paid here |
| given up before 25 hours | captured and not paid here |
| the key's life; its start moved by a later send | sent when the key may be forgotten; sent with other parameters |
| a node that was held up for a day sends | captured twice |
| a gateway's exception read as a decline | captured and not paid here |
| a reported amount is not compared | paid and nothing was captured |
| a payment reported late is refused | captured and not paid here |
| the enabling bonus is not remembered | given twice |
| a page given up by a node whose clock is ahead | paid and not granted |
| the account is not made due by a crossing debit, or by saved settings | left alone |
| events not told again, or confirmed unheard | nobody was told |
| a rollback that undoes nothing (memory), or is left out (JDBC) | books that do not add up |

Some guards are seen by nothing here because another one stands behind them, and tests of their own hold them: the open recharge in the decision (the store refuses), the next look at the end of a settlement (the
lease of the queue brings the account back), the state of a page that is paid already (the ledger refuses).

## What it found

- A page that a node whose clock was two hours ahead gave up while another node was making it: it was paid, and without a webhook nobody asked. It is open again now as soon as it is made.
- Pages paid with another amount, and pages of which the provider cannot tell, were asked about for ever. They are closed now, and a right payment that is reported later is still granted.
