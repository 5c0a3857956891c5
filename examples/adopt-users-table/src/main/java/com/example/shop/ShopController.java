package com.example.shop;

import java.security.Principal;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ShopController {
    private final Shop shop;

    ShopController(Shop shop) {
        this.shop = shop;
    }

    @GetMapping("/me")
    Map<String, Object> me(Principal login) {
        User user = shop.user(login.getName());
        return Map.of("name", user.getName(), "credits", user.getCredits());
    }

    @PutMapping("/me/name")
    void rename(Principal login, @RequestParam("name") String name) {
        shop.rename(login.getName(), name);
    }

    @PostMapping("/reports")
    void order(Principal login, @RequestParam("title") String title) {
        shop.order(login.getName(), title);
    }
}
