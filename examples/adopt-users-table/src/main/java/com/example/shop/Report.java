package com.example.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "reports")
class Report {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Integer id;

    private int userId;
    private String title;

    protected Report() {}

    Report(int userId, String title) {
        this.userId = userId;
        this.title = title;
    }

    Integer getId() {
        return id;
    }

    int getUserId() {
        return userId;
    }

    String getTitle() {
        return title;
    }
}
