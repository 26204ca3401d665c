-- The table as version 4.90.1 created it on SQLite. Not to be changed: stores have it.
CREATE TABLE "MionPaymentSession" (
  "Id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "OrderId" INTEGER NOT NULL,
  "OrderGuid" UNIQUEIDENTIFIER NOT NULL,
  "StoreId" INTEGER NOT NULL,
  "Attempt" INTEGER NOT NULL,
  "Reference" TEXT NOT NULL,
  "PaymentSessionId" TEXT NOT NULL,
  "Token" TEXT NOT NULL,
  "WebhookToken" TEXT NOT NULL,
  "AmountCents" INTEGER NOT NULL,
  "OrderTotal" NUMERIC NOT NULL,
  "CurrencyCode" TEXT NOT NULL,
  "ExchangeRate" NUMERIC NOT NULL,
  "ExchangeRateOnUtc" DATETIME,
  "StateId" INTEGER NOT NULL,
  "ReviewReasonId" INTEGER NOT NULL,
  "MionStatus" TEXT NOT NULL,
  "FundingStatus" TEXT NOT NULL,
  "PaymentMethod" TEXT NOT NULL,
  "FundsSeen" INTEGER NOT NULL,
  "CreatedOnUtc" DATETIME NOT NULL,
  "ExpiresOnUtc" DATETIME NOT NULL,
  "PaidOnUtc" DATETIME,
  "SettledOnUtc" DATETIME,
  "LastCheckOnUtc" DATETIME,
  "NextCheckOnUtc" DATETIME,
  "CheckFailures" INTEGER NOT NULL,
  "LastError" TEXT NOT NULL,
  "WebhookOnUtc" DATETIME,
  "WebhookFailures" INTEGER NOT NULL,
  "ClaimToken" UNIQUEIDENTIFIER,
  "ClaimedUntilUtc" DATETIME
);
CREATE INDEX "IX_MionPaymentSession_OrderId" ON "MionPaymentSession" ("OrderId");
CREATE UNIQUE INDEX "UX_MionPaymentSession_Reference" ON "MionPaymentSession" ("Reference");
CREATE INDEX "IX_MionPaymentSession_PaymentSessionId" ON "MionPaymentSession" ("PaymentSessionId");
CREATE UNIQUE INDEX "UX_MionPaymentSession_Token" ON "MionPaymentSession" ("Token");
CREATE UNIQUE INDEX "UX_MionPaymentSession_WebhookToken" ON "MionPaymentSession" ("WebhookToken");
CREATE INDEX "IX_MionPaymentSession_NextCheckOnUtc" ON "MionPaymentSession" ("NextCheckOnUtc");
