package io.autorecharge.spring;

import io.autorecharge.jdbc.jpa.CreditTransactionEntity;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ShopLedger extends Repository<CreditTransactionEntity, CreditTransactionEntity.Key> {
    List<CreditTransactionEntity> findTop50ByUserIdOrderBySequenceDesc(String userId);

    Optional<CreditTransactionEntity> findById(CreditTransactionEntity.Key key);
}
