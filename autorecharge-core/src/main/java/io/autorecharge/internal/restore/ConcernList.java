package io.autorecharge.internal.restore;

import io.autorecharge.report.Reconciliation.Concern;
import io.autorecharge.report.Reconciliation.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects concerns. Of another application's objects, which may be many, only some are named; the rest is counted, and written to the log.
 * Not thread-safe.
 */
final class ConcernList {
    private static final Logger log = LoggerFactory.getLogger(ConcernList.class);

    /** So many objects of one kind are named. */
    static final int NAMED = 10;

    private static final Set<Reason> OF_OTHERS = EnumSet.of(Reason.OTHER_INSTALLATION, Reason.UNCLAIMED);

    private final List<Concern> concerns = new ArrayList<>();
    private final Map<Reason, Integer> more = new EnumMap<>(Reason.class);
    private final Map<Reason, Integer> named = new EnumMap<>(Reason.class);

    void add(Concern concern) {
        Reason reason = concern.reason();
        if (OF_OTHERS.contains(reason) && named.merge(reason, 1, Integer::sum) > NAMED) {
            more.merge(reason, 1, Integer::sum);
            log.info("{} {}: {}", reason, concern.reference(), concern.detail());
        } else {
            concerns.add(concern);
        }
    }

    /** Up to {@link #NAMED} objects one by one; more of them as one concern with their number and some examples. */
    List<Concern> toList() {
        List<Concern> all = new ArrayList<>(concerns);
        more.forEach((reason, count) -> {
            List<Concern> examples =
                    all.stream().filter(it -> it.reason() == reason).toList();
            all.removeAll(examples);
            String references = examples.stream().map(Concern::reference).collect(Collectors.joining(", "));
            all.add(new Concern(
                    reason,
                    null,
                    references,
                    (examples.size() + count) + " charges and checkout sessions, such as these"));
        });
        return List.copyOf(all);
    }
}
