import { Controller, Get } from '@nestjs/common';

/** The original service's proof of life. */
@Controller('test')
export class HelloController {
  @Get()
  hello() {
    return { hello: 'world' };
  }
}
