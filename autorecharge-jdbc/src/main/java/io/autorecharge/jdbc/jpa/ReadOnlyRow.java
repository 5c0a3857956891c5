package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreRemove;
import jakarta.persistence.PreUpdate;

/** A row that the library alone writes, by SQL. Bulk statements pass by these callbacks: only the database's rights would stop them. */
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
