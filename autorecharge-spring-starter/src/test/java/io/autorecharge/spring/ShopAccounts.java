package io.autorecharge.spring;

import org.springframework.data.jpa.repository.JpaRepository;

interface ShopAccounts extends JpaRepository<ShopAccount, String> {}
