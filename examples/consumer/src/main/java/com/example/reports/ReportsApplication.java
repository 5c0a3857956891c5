package com.example.reports;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Sells reports at two and a half credits a page. */
@SpringBootApplication(proxyBeanMethods = false)
public class ReportsApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ReportsApplication.class, arguments);
    }
}
