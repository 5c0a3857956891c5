package io.autorecharge.jdbc.jpa;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.EntryType;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.Trigger;
import jakarta.persistence.AttributeConverter;
import org.jspecify.annotations.Nullable;

/**
 * Words that are stored by their names, as plain text on every database: an enum mapped as such is a type of its own on some, and
 * Hibernate's validation then refuses our columns.
 */
abstract class Words<E extends Enum<E>> implements AttributeConverter<E, String> {
    private final Class<E> type;

    private Words(Class<E> type) {
        this.type = type;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable E word) {
        return word == null ? null : word.name();
    }

    @Override
    public @Nullable E convertToEntityAttribute(@Nullable String stored) {
        return stored == null ? null : Enum.valueOf(type, stored);
    }

    static final class OfEntryType extends Words<EntryType> {
        OfEntryType() {
            super(EntryType.class);
        }
    }

    static final class OfCategory extends Words<Category> {
        OfCategory() {
            super(Category.class);
        }
    }

    static final class OfTrigger extends Words<Trigger> {
        OfTrigger() {
            super(Trigger.class);
        }
    }

    static final class OfRechargeState extends Words<RechargeState> {
        OfRechargeState() {
            super(RechargeState.class);
        }
    }
}
