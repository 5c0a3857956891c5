-- The sequence of an account's ledger moves to the state's row, since a table of the host has no place for it. Nodes of the version before
-- must be stopped first. The column that is left behind is not used any more.

-- 'ledger_seq' column to auto_recharge_state table
alter table auto_recharge_state add column if not exists ledger_seq bigint default 0 not null;

-- 'auto_recharge_state' rows
insert into auto_recharge_state (account_id)
select a.id
from credit_accounts a
where not exists (select 1 from auto_recharge_state s where s.account_id = a.id);

-- 'ledger_seq' values
update auto_recharge_state
set ledger_seq = (select a.ledger_seq from credit_accounts a where a.id = auto_recharge_state.account_id)
where exists (
    select 1 from credit_accounts a
    where a.id = auto_recharge_state.account_id and a.ledger_seq > auto_recharge_state.ledger_seq);
