package com.example.reports;

import java.math.BigDecimal;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/reports")
class ReportsController {
    private final Reports reports;

    ReportsController(Reports reports) {
        this.reports = reports;
    }

    record Order(String title, int pages) {}

    record Written(BigDecimal balance) {}

    record Shelf(int reports) {}

    @PostMapping
    Written write(Principal user, @RequestBody Order order) {
        return new Written(reports.write(user.getName(), order.title(), order.pages()));
    }

    @GetMapping
    Shelf count(Principal user) {
        return new Shelf(reports.count(user.getName()));
    }
}
