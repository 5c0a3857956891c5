package io.autorecharge.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a list of Stripe's to its end, or not at all: part of a list proves nothing. */
final class StripeLists {
    /** As many objects as Stripe puts on a page. */
    static final long SIZE = 100;

    /** What has more pages than this is no list of one customer's; the reading must end. */
    private static final int MOST = 100;

    private StripeLists() {}

    /** Asks for the page that follows an object; null for the first page. */
    @FunctionalInterface
    interface Page<T extends HasId> {
        StripeCollection<T> after(@Nullable String last) throws StripeException;
    }

    static <T extends HasId> List<T> all(Page<T> pages, Predicate<T> wanted) throws StripeException {
        return all(pages, wanted, MOST);
    }

    static <T extends HasId> List<T> all(Page<T> pages, Predicate<T> wanted, int most) throws StripeException {
        List<T> found = new ArrayList<>();
        String last = null;
        for (int page = 0; page < most; page++) {
            StripeCollection<T> listed = PaymentIntents.complete(pages.after(last));
            List<T> data = listed.getData();
            if (data == null || listed.getHasMore() == null) {
                throw new IllegalStateException("a list without data");
            }
            data.stream().filter(wanted).forEach(found::add);
            if (!listed.getHasMore()) {
                return found;
            }
            if (data.isEmpty()) {
                throw new IllegalStateException("an empty page with more behind it");
            }
            last = data.get(data.size() - 1).getId();
        }
        throw new IllegalStateException("more than " + most + " pages of a list");
    }
}
