package io.autorecharge.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a list completely or fails, because part of a list proves nothing. */
final class StripeLists {
    /** The largest page size that Stripe allows. */
    static final long SIZE = 100;

    /** More pages than the list of one customer can have; bounds the loop. */
    private static final int MAX_PAGES = 100;

    private StripeLists() {}

    /** Fetches the page after the given object; null means the first page. */
    @FunctionalInterface
    interface Page<T extends HasId> {
        StripeCollection<T> after(@Nullable String last) throws StripeException;
    }

    static <T extends HasId> List<T> all(Page<T> pages, Predicate<T> wanted) throws StripeException {
        return all(pages, wanted, MAX_PAGES);
    }

    static <T extends HasId> List<T> all(Page<T> pages, Predicate<T> wanted, int maxPages) throws StripeException {
        List<T> found = new ArrayList<>();
        String last = null;
        for (int page = 0; page < maxPages; page++) {
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
                throw new IllegalStateException("an empty page, although there are more");
            }
            last = data.get(data.size() - 1).getId();
        }
        throw new IllegalStateException("more than " + maxPages + " pages of a list");
    }
}
