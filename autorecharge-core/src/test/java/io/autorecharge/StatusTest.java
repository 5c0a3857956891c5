package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The health that a user interface shows, with its details. */
class StatusTest {
    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_disabled_account_reports_nothing_but_an_earlier_payment_in_progress() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutAfterCaptureNext();
        rig.check();
        Status underWay = rig.library.status(ALICE);
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        Status off = rig.library.status(ALICE);
        rig.clock.advance(Duration.ofSeconds(5));
        rig.check();
        Status after = rig.library.status(ALICE);

        assertThat(underWay.state()).isEqualTo(Status.State.RECHARGING);
        assertThat(underWay.nextTry()).isEqualTo(off.nextTry()).isEqualTo(rig.clock.instant());
        assertThat(off.state()).isEqualTo(Status.State.OFF);
        assertThat(off.reason()).isEqualTo("RECHARGE_OPEN");
        assertThat(after.state()).isEqualTo(Status.State.OFF);
        assertThat(after.reason()).isNull();
        assertThat(after.nextTry()).isNull();
        assertThat(after.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void a_wait_names_its_decline_and_its_end() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();

        Status status = rig.library.status(ALICE);

        assertThat(status.state()).isEqualTo(Status.State.BACKING_OFF);
        assertThat(status.reason()).isEqualTo("insufficient_funds");
        assertThat(status.nextTry()).isEqualTo(rig.clock.instant().plus(Duration.ofHours(6)));
        rig.clock.advance(Duration.ofHours(6));
        assertThat(rig.library.status(ALICE).state()).as("the wait is over").isEqualTo(Status.State.ACTIVE);
    }

    @Test
    void what_is_missing_is_named() {
        rig.enabled(ALICE, "50");
        rig.library.forgetPaymentMethod(ALICE);

        Status status = rig.library.status(ALICE);

        assertThat(status.state()).isEqualTo(Status.State.INCOMPLETE);
        assertThat(status.reason()).isEqualTo("NO_PAYMENT_METHOD");
        assertThat(status.missing()).containsExactly(HoldReason.NO_PAYMENT_METHOD);
    }
}
