package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreRemove;
import jakarta.persistence.PreUpdate;

/** A row that only the library writes, by SQL. Bulk statements bypass these callbacks; only rights of the database can stop them. */
@MappedSuperclass
@Access(AccessType.FIELD)
abstract class ReadOnlyRow {
    @PrePersist
    @PreUpdate
    @PreRemove
    void refuse() {
        throw new UnsupportedOperationException(
                getClass().getName() + " is read-only: its rows are written by autorecharge alone");
    }
}
