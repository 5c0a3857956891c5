package io.autorecharge.internal.account;

import io.autorecharge.credit.Credits;

/**
 * What a payment's reversals should have removed of its credits or of its bonus, and what they have removed so far.
 *
 * @param target what should be gone
 * @param removed what the posted entries have removed
 * @param writtenOff what will not be removed any more
 */
record ReversalShare(Credits target, Credits removed, Credits writtenOff) {
    /** What is still to be removed; zero when credits are to be returned. */
    Credits missing() {
        Credits missing = target.minus(removed).minus(stillWrittenOff());
        return missing.isNegative() ? Credits.ZERO : missing;
    }

    /** What was removed and is to be returned: never more than was really removed. */
    Credits excess() {
        Credits excess = removed.minus(target);
        return excess.isNegative() ? Credits.ZERO : excess;
    }

    /** What stays written off: credits that came back were never removed, so there is nothing to return for them. */
    Credits stillWrittenOff() {
        Credits gap = target.minus(removed);
        if (gap.isNegative()) {
            return Credits.ZERO;
        }
        return gap.isLessThan(writtenOff) ? gap : writtenOff;
    }
}
