package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong, so that one failure names all of it. Used by one thread. */
final class DifferenceList {
    /** May find one difference. */
    @FunctionalInterface
    interface Part {
        void check() throws SQLException;
    }

    private final List<InvalidValueException> found = new ArrayList<>();

    /** Runs a part and keeps what it finds. */
    void collect(Part part) throws SQLException {
        try {
            part.check();
        } catch (InvalidValueException e) {
            found.add(e);
        }
    }

    /** @throws InvalidValueException with the field and value of the first difference, and a rule that names the others as well */
    void requireNone() {
        if (found.size() == 1) {
            throw found.get(0);
        }
        if (!found.isEmpty()) {
            InvalidValueException first = found.get(0);
            String others = found.stream()
                    .skip(1)
                    .map(other -> other.field() + " (" + other.value() + ") " + other.rule())
                    .collect(Collectors.joining("; "));
            throw new InvalidValueException(first.field(), first.value(), first.rule() + "; also " + others);
        }
    }
}
