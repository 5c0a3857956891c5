package com.example.shop;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.PAYMENT_REQUIRED)
class NotEnoughCredits extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
