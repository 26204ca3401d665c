-- The tables as version 4.90.2 had them on SQLite. Not to be changed: stores have them.
CREATE TABLE "MionPaymentSession" (
  "Id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "OrderId" INTEGER NOT NULL,
  "OrderGuid" UNIQUEIDENTIFIER NOT NULL,
  "StoreId" INTEGER NOT NULL,
  "Attempt" INTEGER NOT NULL,
  "Reference" TEXT NOT NULL UNIQUE,
  "PaymentSessionId" TEXT NOT NULL,
  "Token" TEXT NOT NULL UNIQUE,
  "WebhookToken" TEXT NOT NULL UNIQUE,
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
  "ClaimedUntilUtc" DATETIME,
  "PersonToldOf" TEXT,
  "PaidEventOnUtc" DATETIME,
  "RefundSessionIds" TEXT,
  "CheckToken" UNIQUEIDENTIFIER,
  "OrderClaimToken" UNIQUEIDENTIFIER,
  "OrderClaimedUntilUtc" DATETIME,
  "IsTill" INTEGER NOT NULL DEFAULT 0,
  "Note" TEXT NOT NULL DEFAULT '',
  "ScreenToken" TEXT NOT NULL DEFAULT '',
  "CancelledOnUtc" DATETIME,
  "AttemptClaimedUntilUtc" DATETIME,
  "AttemptProblemId" INTEGER NOT NULL DEFAULT 0,
  "FindingId" INTEGER NOT NULL DEFAULT 0,
  "SettledFindingId" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE "MionPaymentEvent" (
  "Id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "SessionId" INTEGER NOT NULL,
  "OrderId" INTEGER NOT NULL,
  "OnUtc" DATETIME NOT NULL,
  "KindId" INTEGER NOT NULL,
  "TriggerId" INTEGER NOT NULL,
  "Detail" TEXT NOT NULL,
  "CustomerId" INTEGER
);
CREATE TABLE "MionHealthEntry" (
  "Id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "Name" TEXT NOT NULL UNIQUE,
  "OnUtc" DATETIME NOT NULL,
  "Text" TEXT NOT NULL
);
CREATE TABLE "MionPaymentAttempt" (
  "Id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "SessionId" INTEGER NOT NULL,
  "CreatedOnUtc" DATETIME NOT NULL,
  "ExpiresOnUtc" DATETIME NOT NULL,
  "AmountMsat" INTEGER NOT NULL,
  "Invoice" TEXT NOT NULL,
  "OnChainAddress" TEXT NOT NULL,
  "SuggestedFeeRate" TEXT NOT NULL,
  "BlockedByCompliance" INTEGER NOT NULL,
  "MissingCustomerFields" TEXT NOT NULL
);
CREATE INDEX "IX_MionPaymentSession_OrderId" ON "MionPaymentSession" ("OrderId" ASC);
CREATE UNIQUE INDEX "UX_MionPaymentSession_Reference" ON "MionPaymentSession" ("Reference" ASC);
CREATE INDEX "IX_MionPaymentSession_PaymentSessionId" ON "MionPaymentSession" ("PaymentSessionId" ASC);
CREATE UNIQUE INDEX "UX_MionPaymentSession_Token" ON "MionPaymentSession" ("Token" ASC);
CREATE UNIQUE INDEX "UX_MionPaymentSession_WebhookToken" ON "MionPaymentSession" ("WebhookToken" ASC);
CREATE INDEX "IX_MionPaymentSession_NextCheckOnUtc" ON "MionPaymentSession" ("NextCheckOnUtc" ASC);
CREATE INDEX "IX_MionPaymentEvent_SessionId" ON "MionPaymentEvent" ("SessionId" ASC);
CREATE INDEX "IX_MionPaymentEvent_OnUtc" ON "MionPaymentEvent" ("OnUtc" ASC);
CREATE UNIQUE INDEX "UX_MionHealthEntry_Name" ON "MionHealthEntry" ("Name" ASC);
CREATE INDEX "IX_MionPaymentSession_ScreenToken" ON "MionPaymentSession" ("ScreenToken" ASC);
CREATE INDEX "IX_MionPaymentAttempt_SessionId" ON "MionPaymentAttempt" ("SessionId" ASC);
CREATE INDEX "IX_MionPaymentSession_FindingId" ON "MionPaymentSession" ("FindingId" ASC);
