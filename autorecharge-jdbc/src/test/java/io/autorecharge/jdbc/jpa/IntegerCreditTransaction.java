package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

@Entity
@Table(name = "credit_transactions")
@IdClass(IntegerCreditTransaction.Key.class)
class IntegerCreditTransaction extends CreditTransactionColumns {
    @Id
    @Column(name = "user_id")
    private Integer userId;

    record Key(Integer userId, long sequence) {}
}
