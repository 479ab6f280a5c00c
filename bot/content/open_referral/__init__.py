"""Our records as Open Referral UK 3.0 (HSDS 3.0) objects. Over HTTP they go out in channels/web/open_referral."""
