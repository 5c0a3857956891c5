package com.example.reports;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.PAYMENT_REQUIRED)
final class NotEnoughCredits extends RuntimeException {
    private static final long serialVersionUID = 1;
}
