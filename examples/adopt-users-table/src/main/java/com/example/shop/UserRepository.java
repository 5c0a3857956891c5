package com.example.shop;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface UserRepository extends JpaRepository<User, Integer> {
    Optional<User> findByEmail(String email);
}
