package io.autorecharge.internal.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.report.Reconciliation.Concern;
import io.autorecharge.report.Reconciliation.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConcernListTest {
    private final ConcernList list = new ConcernList();

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"OTHER_INSTALLATION", "UNCLAIMED"})
    void many_objects_of_another_application_are_one_concern_with_their_number_and_examples(Reason reason) {
        Concern own = concern(Reason.CAPTURE_DIFFERS, 0);
        list.add(own);
        for (int i = 1; i <= 1_000; i++) {
            list.add(concern(reason, i));
        }

        assertThat(list.toList())
                .containsExactly(
                        own,
                        new Concern(
                                reason,
                                null,
                                "pi_1, pi_2, pi_3, pi_4, pi_5, pi_6, pi_7, pi_8, pi_9, pi_10",
                                "1000 charges and checkout sessions, such as these"));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void a_few_are_named_one_by_one(Reason reason) {
        List<Concern> all = new ArrayList<>();
        for (int i = 1; i <= ConcernList.NAMED; i++) {
            all.add(concern(reason, i));
        }
        all.forEach(list::add);

        assertThat(list.toList()).isEqualTo(all);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OTHER_INSTALLATION", "UNCLAIMED"})
    void what_concerns_this_installation_is_always_named(Reason reason) {
        for (int i = 1; i <= 100; i++) {
            list.add(concern(reason, i));
        }

        assertThat(list.toList()).hasSize(100);
    }

    private static Concern concern(Reason reason, int number) {
        return new Concern(reason, AccountId.of("alice"), "pi_" + number, "detail");
    }
}
