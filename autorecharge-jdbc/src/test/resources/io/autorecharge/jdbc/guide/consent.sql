-- Records the agreement of those who gave it to the application before, with the name of the text that they agreed to.
insert into auto_recharge_state (account_id, consent_version, consent_at)
select u.id, 'before-2026', current_timestamp
from users u
where u.auto_recharge_enabled = true
on conflict (account_id) do update
set consent_version = excluded.consent_version, consent_at = excluded.consent_at
where auto_recharge_state.consent_at is null
